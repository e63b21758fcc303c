"""The truth about each piece of long work. What a broker says of it is only a hint."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xgov.jobs.beside import written_beside
from xgov.records.clock import now


class JobCancelled(Exception):
    """The person who asked for the work has called it off."""


class JobQuerySet(models.QuerySet):
    def silent(self) -> "JobQuerySet":
        """Running, but not heard of for too long."""
        return self.filter(
            state=Job.State.RUNNING, heartbeat_at__lt=now() - timedelta(seconds=settings.XGOV_JOB_SILENCE_SECONDS)
        )

    def waiting_too_long(self) -> "JobQuerySet":
        """Queued, and its message may have been lost."""
        return self.filter(
            state=Job.State.QUEUED, sent_at__lt=now() - timedelta(seconds=settings.XGOV_JOB_SILENCE_SECONDS)
        )

    def about(self, subject: models.Model) -> "JobQuerySet":
        """The work on this record, newest first."""
        return self.filter(subject_model=subject._meta.label, subject_id=subject.pk).order_by("-created_at")

    def asked_by_person(self, user: models.Model) -> "JobQuerySet":
        return self.filter(asked_by=user)


class Job(models.Model):
    """One piece of long work: who asked, how far it is, when it was last heard of, how it ended."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("Waiting to start")
        RUNNING = "RUNNING", _("Running")
        FINISHED = "FINISHED", _("Finished")
        FAILED = "FAILED", _("Failed")
        CANCELLED = "CANCELLED", _("Cancelled")

    OPEN_STATES = (State.QUEUED, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=80)
    title = models.CharField(_("what is being made"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="jobs")
    subject_model = models.CharField(max_length=100, blank=True)
    subject_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=200, blank=True)
    args = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    result_url = models.CharField(max_length=500, blank=True)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    sent_at = models.DateTimeField(default=now, editable=False)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="job_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["QUEUED", "RUNNING"]) & ~models.Q(key=""),
                name="one_open_job_by_key",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="job_percent_to_100"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def is_file(self) -> bool:
        """What came of it is a file that is fetched here."""
        return self.result_url.startswith(f"{self.get_absolute_url()}file/")

    @property
    def reference(self) -> str:
        """What a person quotes when they ask for help."""
        return str(self.pk)[:8]

    @property
    def may_be_asked_for_again(self) -> bool:
        return self.state in {self.State.FAILED, self.State.CANCELLED}

    def progress(self, percent: int, words: Any = "") -> None:
        """Say how far the work is; raises JobCancelled if it is no longer wanted."""
        mine = Job.objects.filter(pk=self.pk, state=self.State.RUNNING, attempts=self.attempts)
        said = {"percent": min(percent, 99), "words": str(words)[:300], "heartbeat_at": now()}
        if not written_beside(lambda: mine.update(**said)):
            raise JobCancelled

    def progress_in_rows(self, written: int, most: int) -> None:
        """Say how many rows of a file are written."""
        said = {"written": f"{written:,}", "most": f"{most:,}"}
        self.progress(95 * written // max(most, 1), gettext("%(written)s of %(most)s rows") % said)

    def finish(self, result_url: str) -> None:
        """Say that the work is done, in the transaction that keeps its result: either both hold or neither.

        Raises JobCancelled if it is no longer wanted, so that a result nobody waits for is not kept.
        """
        finished = Job.objects.filter(pk=self.pk, state=self.State.RUNNING, attempts=self.attempts).update(
            state=self.State.FINISHED, percent=100, words="", failure="", result_url=result_url, ended_at=now()
        )
        if not finished:
            raise JobCancelled
        self.state = self.State.FINISHED


class WorkerPresence(models.Model):
    """When each worker was last heard of. A page that waits for a worker reads it to say that none is running."""

    name = models.CharField(max_length=200, unique=True)
    seen_at = models.DateTimeField(default=now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
