"""What people are told of, and the one mail a day that says it."""

from collections.abc import Collection
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xgov.records.clock import now


class NoticeQuerySet(models.QuerySet):
    def to_person(self, person: models.Model) -> Self:
        return self.filter(person=person)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unmailed(self) -> Self:
        return self.filter(mailed_at=None)

    def told_lately(self, keys: Collection[str], days: int) -> Self:
        return self.filter(quiet_key__in=keys, created_at__gt=now() - timedelta(days=days))


class Notice(models.Model):
    """One person was told of one thing. What it is about is named, not linked, so that the notice outlives no row."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=80)
    words = models.CharField(_("what happened"), max_length=400)
    where = models.CharField(_("where"), max_length=250, blank=True)
    url = models.CharField(max_length=500)
    about_model = models.CharField(max_length=100)
    about_id = models.BigIntegerField()
    quiet_key = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_by_person"),
            models.Index(fields=["person"], condition=models.Q(mailed_at=None), name="notice_to_mail"),
            models.Index(fields=["quiet_key", "-created_at"], name="notice_by_quiet_key"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_new(self) -> bool:
        return self.read_at is None


class DigestChoice(models.Model):
    """Whether somebody wants the daily mail. Who has not said so gets it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_choice")
    wanted = models.BooleanField(_("daily email"), default=True)
    chosen_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person}: {'daily email' if self.wanted else 'no email'}"


class Digest(models.Model):
    """The mail of one day to one person. Made before it is sent, so that nobody gets two."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    lines = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_person_and_day")]
        indexes = [models.Index(fields=["person", "-day"], name="digest_by_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.day:%d %B %Y}"
