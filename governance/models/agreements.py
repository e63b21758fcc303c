from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.agreement_text import SHORT, canonical, canonical_body, sha256_of_text
from governance.querysets.agreements import AgreementQuerySet, VersionQuerySet
from programmes.models import Party, Programme
from xgov.records.clock import today
from xgov.records.fields import MarkingField, reference_field
from xgov.records.fixed import FixedOnce
from xgov.records.models import GovernedModel

if TYPE_CHECKING:
    from governance.models.clauses import Clause
    from governance.models.signatures import Signature


COLOURS = {
    "DRAFT": "grey",
    "OPEN_FOR_SIGNATURE": "yellow",
    "IN_FORCE": "green",
    "SUPERSEDED": "purple",
    "WITHDRAWN": "grey",
    "ENDED": "grey",
}


class Agreement(GovernedModel):
    """What departments have put their names to. Its words are in its versions; so is how far each of them is."""

    class Kind(models.TextChoices):
        MOU = "MOU", _("Memorandum of understanding")
        TOR = "TOR", _("Terms of reference")
        DSA = "DSA", _("Data-sharing agreement")
        ISA_DEA = "ISA_DEA", _("Information-sharing agreement under the Digital Economy Act 2017")
        CONCORDAT = "CONCORDAT", _("Concordat")
        SLA = "SLA", _("Service level agreement")
        FUNDING_LETTER = "FUNDING_LETTER", _("Funding letter")
        FRAMEWORK_DOC = "FRAMEWORK_DOC", _("Framework document")
        JOINT_CONTROLLER_ARRANGEMENT = "JOINT_CONTROLLER_ARRANGEMENT", _("Joint controller arrangement")

    class Status(models.TextChoices):
        """How far the agreement is: read from its versions, never stored."""

        DRAFT = "DRAFT", _("Draft")
        OPEN_FOR_SIGNATURE = "OPEN_FOR_SIGNATURE", _("Open for signature")
        IN_FORCE = "IN_FORCE", _("In force")
        ENDED = "ENDED", _("Ended")

    door = "programme"
    readers = "versions__signatures__person"  # who has signed keeps sight of it, however it is marked later

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    reference = reference_field()
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, default=Kind.MOU)
    title = models.CharField(_("title"), max_length=200)
    marking = MarkingField()
    review_on = models.DateField(_("next review"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["programme", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_agreement_a_reference"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="agreement_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:agreement", args=[self.programme.reference, self.reference])

    @cached_property
    def versions_newest_first(self) -> list["AgreementVersion"]:
        """Ask with `with_versions()` when there are many agreements."""
        versions = sorted(self.versions.all(), key=lambda version: -version.number)
        for version in versions:
            version.agreement = self
        return versions

    def _version(self, *statuses: str) -> "AgreementVersion | None":
        return next((version for version in self.versions_newest_first if version.status in statuses), None)

    @property
    def in_force(self) -> "AgreementVersion | None":
        """The version that binds today: stays so until a newer one has every signature."""
        return self._version(AgreementVersion.Status.IN_FORCE)

    @property
    def pending(self) -> "AgreementVersion | None":
        """The version that is being written or signed."""
        return self._version(AgreementVersion.Status.DRAFT, AgreementVersion.Status.OPEN_FOR_SIGNATURE)

    @property
    def current(self) -> "AgreementVersion":
        """The version to show first: the one in force, else the one in the making, else the newest."""
        return self.in_force or self.pending or self.versions_newest_first[0]

    def starting_point(self, of: int | None = None) -> "AgreementVersion | None":
        """What version `of`, or the next to be drafted, starts from and is compared with: the text in force before it.

        If none ever was: the version just before it. What was withdrawn otherwise leaves nothing behind.
        """
        older = [version for version in self.versions_newest_first if of is None or version.number < of]
        binding = (version for version in older if version.status in AgreementVersion.HAS_BEEN_IN_FORCE)
        return next(binding, older[0] if older else None)

    @property
    def status(self) -> Status:
        if self.ended_on is not None:
            return self.Status.ENDED
        return self.Status(self.current.status) if self.current.status in self.Status.values else self.Status.DRAFT

    @property
    def status_colour(self) -> str:
        return COLOURS[self.status.value]

    @property
    def waited_for(self) -> list["Signature"]:
        """Whose signatures are missing on the text that is open, if there is one."""
        return self.pending.waited_for if self.pending and self.pending.is_open else []

    @property
    def misnamed(self) -> list["Signature"]:
        """Whom the text that is open, else the one in force, names as partners though they are none any more."""
        text = self.pending if self.pending and self.pending.is_open else self.in_force
        return text.misnamed if text else []

    @property
    def review_is_late(self) -> bool:
        return self.ended_on is None and self.review_on is not None and self.review_on < today()


@dataclass(frozen=True)
class Proof:
    """Whether a text is still the one that was signed, worked out anew from what is stored."""

    sha256: str
    text_matches: bool
    clauses_match: bool
    unmatched: tuple[str, ...]  # departments whose signature is bound to another text

    @property
    def holds(self) -> bool:
        return self.text_matches and self.clauses_match and not self.unmatched


class AgreementVersion(GovernedModel):
    """One text of an agreement. Once it has been opened for signature not a character of it changes."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        OPEN_FOR_SIGNATURE = "OPEN_FOR_SIGNATURE", _("Open for signature")
        IN_FORCE = "IN_FORCE", _("In force")
        SUPERSEDED = "SUPERSEDED", _("Superseded")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")
        ENDED = "ENDED", _("Ended")

    PENDING = (Status.DRAFT, Status.OPEN_FOR_SIGNATURE)
    HAS_BEEN_IN_FORCE = (Status.IN_FORCE, Status.SUPERSEDED, Status.ENDED)

    door = "programme"
    marking_field = "agreement__marking"
    readers = "signatures__person"
    fixed = FixedOnce("status", while_open=("DRAFT",), free=("status", "in_force_on", "no_longer_on"))

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    change_summary = models.TextField(_("what changed"), blank=True)
    text = models.TextField(_("text"), blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened for signature"), null=True, editable=False)
    in_force_on = models.DateField(_("in force from"), null=True, editable=False)
    no_longer_on = models.DateField(_("no longer in force from"), null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(status="IN_FORCE"), name="one_version_in_force_an_agreement"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(status__in=["DRAFT", "OPEN_FOR_SIGNATURE"]),
                name="one_pending_version_an_agreement",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT", text="", sha256="", opened_at__isnull=True)
                | Q(status="WITHDRAWN")
                | (~Q(status="DRAFT") & ~Q(text="") & ~Q(sha256="") & Q(opened_at__isnull=False)),
                name="version_is_hashed_once_opened",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["IN_FORCE", "SUPERSEDED", "ENDED"], in_force_on__isnull=False)
                | (Q(in_force_on__isnull=True) & ~Q(status__in=["IN_FORCE", "SUPERSEDED", "ENDED"])),
                name="version_in_force_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return _("%(agreement)s, version %(number)d") % {"agreement": self.agreement, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse(
            "governance:agreement-version", args=[self.programme.reference, self.agreement.reference, self.number]
        )

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN_FOR_SIGNATURE

    @property
    def status_colour(self) -> str:
        return COLOURS[self.status]

    @property
    def short_hash(self) -> str:
        return self.sha256[:SHORT]

    @property
    def starting_point(self) -> "AgreementVersion | None":
        return self.agreement.starting_point(self.number)

    @cached_property
    def clauses_in_order(self) -> list["Clause"]:
        return [clause for clause in self.clauses.order_by("position") if not clause.is_left_out]

    @cached_property
    def signatures_in_order(self) -> list["Signature"]:
        """Lead first, then by name. Ask with `with_versions()` when there are many."""
        is_read = "signatures" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.signatures.all() if is_read else self.signatures.with_standing()
        return sorted(rows, key=lambda row: (row.part != Party.Role.LEAD, row.department.name))

    @property
    def signed(self) -> list["Signature"]:
        return [signature for signature in self.signatures_in_order if signature.is_signed]

    @property
    def waited_for(self) -> list["Signature"]:
        """Of the departments that are partners still."""
        return [row for row in self.signatures_in_order if not row.is_signed and row.must_sign]

    @property
    def never_signed(self) -> list["Signature"]:
        """Of departments named in the text that left without signing, whether or not they came back in another part:
        they will not sign, and nobody waits for them.
        """
        return [row for row in self.signatures_in_order if not row.is_signed and not row.must_sign]

    @property
    def signed_and_left(self) -> list["Signature"]:
        """Of departments named in the text that have left since they signed it: this holds nothing up."""
        return [row for row in self.signed if row.has_left]

    @property
    def misnamed(self) -> list["Signature"]:
        return [*self.never_signed, *self.signed_and_left]

    def composed(self) -> str:
        """The canonical text, made from the clauses and from what the programme is called today."""
        programme = f"{self.programme.name} ({self.programme.reference})"
        return canonical(self.agreement.title, programme, self.number, self._clause_pairs)

    @property
    def _clause_pairs(self) -> list[tuple[str, str]]:
        return [(clause.heading, clause.text) for clause in self.clauses_in_order]

    def verify(self) -> Proof:
        """Work out the SHA-256 anew and hold it against the version and every signature."""
        sha256 = sha256_of_text(self.text)
        unmatched = tuple(str(row.department) for row in self.signed if row.sha256 != sha256)
        return Proof(sha256, sha256 == self.sha256, self.text.endswith(canonical_body(self._clause_pairs)), unmatched)
