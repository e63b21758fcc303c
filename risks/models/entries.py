"""What issues, assumptions and dependencies have in common: the rest of what a programme keeps its eye on."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models.risks import Risk
from risks.querysets import EntryQuerySet
from xgov.access.roles import type_of_text
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.fields import MarkingField
from xgov.records.models import GovernedModel

REFERENCE = r"(?:ISS|ASM|DEP)-\d{4,}"


class Entry(GovernedModel):
    """An entry beside the risks. `outcome` is what became of it, empty while it is open."""

    door = "programme"
    keeper = "kept_by"

    page: ClassVar[str]  # the name of its own page's address, under `risks:`
    prefix: ClassVar[str]  # what its reference begins with
    due_words: ClassVar[type_of_text]  # what its date is called

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="%(class)s_entries")
    reference = models.CharField(
        _("reference"), max_length=12, editable=False, validators=[RegexValidator(f"^{REFERENCE}$")]
    )
    title = models.CharField(_("title"), max_length=150)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss_owned", verbose_name=_("owner")
    )
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="%(class)ss_kept", verbose_name=_("department that keeps it")
    )
    risk = models.ForeignKey(
        Risk, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("risk")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    marking = MarkingField()
    outcome = models.CharField(_("outcome"), max_length=20, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("closed by"), editable=False,
    )  # fmt: skip
    closing_reason = models.TextField(_("why it was closed"), blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        abstract = True
        ordering = ["reference"]
        indexes = [models.Index(fields=["programme", "closed_at", "due"], name="%(class)s_by_programme")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_%(class)s_a_reference"),
            models.CheckConstraint(
                condition=models.Q(outcome="", closed_at=None, closed_by=None, closing_reason="")
                | (
                    ~models.Q(outcome="") & ~models.Q(closing_reason="")
                    & models.Q(closed_at__isnull=False, closed_by__isnull=False)
                ),
                name="%(class)s_is_closed_when_by_whom_and_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse(f"risks:{self.page}", args=[self.programme.reference, self.reference])

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def is_overdue(self) -> bool:
        """The day it was due has passed. Not so on the day itself."""
        return self.is_open and self.due is not None and self.due < today()

    @property
    def outcome_words(self) -> Any:
        return self.get_outcome_display() if self.outcome else _("Open")
