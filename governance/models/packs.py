from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.boards import Board
from governance.querysets.packs import PackQuerySet
from programmes.models import Programme
from xgov.jobs.models import Job
from xgov.papers.sections import ComposedSection, thawed
from xgov.records.fields import Marking, MarkingField
from xgov.records.fixed import FixedOnce, FixedWith
from xgov.records.models import GovernedModel


def pdf_path(pack: "Pack", name: str) -> str:
    return f"packs/{pack.board.slug}/{name}"


class Pack(GovernedModel):
    """What a board was told at one moment: composed from the live record, frozen, and printed. Never changed again."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("Waiting to be made")
        COMPOSED = "COMPOSED", _("Being printed")
        ISSUED = "ISSUED", _("Issued")
        FAILED = "FAILED", _("Not issued")

    door = "board"
    windows = ("programme",)
    readers = "recipients__person"
    not_in_history = ("composed", "html")  # their fingerprint is
    fixed = FixedOnce("state", while_open=("QUEUED", "COMPOSED", "FAILED"))

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="packs")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField(_("number"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    meeting_on = models.DateField(_("for the meeting on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    marking = MarkingField()
    handling = models.CharField(_("handling instruction"), max_length=200, blank=True)
    with_sensitive = models.BooleanField(_("with records marked OFFICIAL-SENSITIVE"), default=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    as_at = models.DateTimeField(_("position as at"), null=True, blank=True)
    since = models.DateTimeField(_("changes since"), null=True, blank=True)
    composed = models.JSONField(_("what it says"), default=dict)
    content_sha256 = models.CharField(_("SHA-256 of what it says"), max_length=64, blank=True)
    html = models.TextField(_("the document"), blank=True)
    pdf = models.FileField(_("the PDF"), upload_to=pdf_path, blank=True, max_length=300)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)
    pdf_bytes = models.PositiveIntegerField(_("size of the PDF in bytes"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("issued by"),
    )  # fmt: skip
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    made_by_job = models.UUIDField(_("made by the job"), null=True, blank=True)
    failure = models.TextField(_("why it was not issued"), blank=True)

    objects = PackQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("board pack")
        verbose_name_plural = _("board packs")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="one_pack_a_number"),
            models.UniqueConstraint(
                fields=["board"], condition=~models.Q(state="ISSUED"), name="one_pack_in_the_making_a_board"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ISSUED")
                | (
                    models.Q(as_at__isnull=False, issued_at__isnull=False, issued_by__isnull=False, pages__gt=0)
                    & ~models.Q(pdf_sha256="")
                    & ~models.Q(content_sha256="")
                    & ~models.Q(pdf="")
                ),
                name="issued_pack_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="FAILED") | ~models.Q(failure=""), name="failed_pack_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, pack {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("governance:pack", args=[self.board.slug, self.number])

    @property
    def reference(self) -> str:
        return f"{self.board.reference}/{self.number}"

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    @property
    def is_sensitive(self) -> bool:
        return self.marking == Marking.OFFICIAL_SENSITIVE

    @property
    def file_name(self) -> str:
        """As a person saves it: `RS-001-SRPB-3.pdf`."""
        return f"{self.reference.replace('/', '-')}.pdf"

    @property
    def newest_job(self) -> Job | None:
        return Job.objects.about(self).first()

    @property
    def is_in_the_making(self) -> bool:
        job = None if self.is_issued else self.newest_job
        return job is not None and job.is_open

    @property
    def head(self) -> dict[str, Any]:
        """The frozen words of the cover, as plain JSON."""
        return self.composed.get("head", {})

    @property
    def sections(self) -> list[ComposedSection]:
        return thawed(self.composed.get("sections", []))

    @property
    def bodies(self) -> list[str]:
        """The HTML of each section, as it was frozen."""
        return self.composed.get("bodies", [])


class PackRecipient(GovernedModel):
    """A person to whom a pack was issued. They never lose sight of it."""

    door = "board"
    is_news = False  # the pack is
    windows = ("programme",)
    readers = "person"
    marking_field = "pack__marking"
    fixed = FixedWith("pack")

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="recipients")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="packs_received")
    name = models.CharField(_("name at the time"), max_length=200)
    capacity = models.CharField(_("as"), max_length=200)

    class Meta(GovernedModel.Meta):
        verbose_name = _("recipient of a pack")
        verbose_name_plural = _("recipients of packs")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "person"], name="one_copy_a_person")]

    def __str__(self) -> str:
        return f"{self.name}, {self.capacity}"

    def get_absolute_url(self) -> str:
        return self.pack.get_absolute_url()
