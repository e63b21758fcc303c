from collections.abc import Iterator
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import appetite_levels, categories
from risks.querysets import AppetiteQuerySet
from risks.scoring import HIGHEST_POSSIBLE
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.models import GovernedModel


def limits_constraints(name: str) -> Iterator[models.CheckConstraint]:
    """What is tolerated is at least the appetite, both on the scale; the row ends no earlier than it begins."""
    yield models.CheckConstraint(
        condition=models.Q(max_residual_score__gte=1, tolerance_score__lte=HIGHEST_POSSIBLE),
        name=f"{name}_is_on_the_scale",
    )
    yield models.CheckConstraint(
        condition=models.Q(tolerance_score__gte=models.F("max_residual_score")), name=f"{name}_tolerates_its_appetite"
    )
    yield models.CheckConstraint(
        condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name=f"{name}_ends_after_start"
    )


class RiskLimits(GovernedModel):
    """How much risk of one category is sought (appetite) and how much can be borne (tolerance), from when until when.

    Both are residual scores, and hold for risks that were scored on the same scale.
    """

    category = models.CharField(_("category"), max_length=20, choices=categories.CHOICES)
    level = models.CharField(_("level"), max_length=20, choices=appetite_levels.CHOICES)
    scale = models.CharField(_("scale"), max_length=10, default="5X5", editable=False)
    max_residual_score = models.PositiveSmallIntegerField(_("highest residual score"))
    tolerance_score = models.PositiveSmallIntegerField(_("highest residual score that is tolerated"))
    agreed_by = models.CharField(_("agreed by"), max_length=200)
    agreed_on = models.DateField(_("agreed on"))
    review_due = models.DateField(_("next review due"))
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = AppetiteQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {str(self.get_level_display()).lower()}"

    @property
    def level_words(self) -> appetite_levels.AppetiteLevel:
        return appetite_levels.BY_CODE[self.level]

    @property
    def is_usual(self) -> bool:
        """Whether the limit is the one that this level usually has."""
        return self.max_residual_score == self.level_words.max_residual_score

    @property
    def is_usually_tolerated(self) -> bool:
        return self.tolerance_score == self.level_words.tolerance_score

    @property
    def has_begun(self) -> bool:
        return self.since <= today()

    def is_current(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)

    @property
    def is_overdue(self) -> bool:
        return self.until is None and self.review_due < today()


class Appetite(RiskLimits):
    """What is agreed in one programme: by all together, or by one department for the risks that touch it."""

    door = "programme"
    keeper = "department"  # of the joint appetite nobody: it is agreed by those who run the programme

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="appetites")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="appetites_in_programmes",
        verbose_name=_("department"),
    )  # fmt: skip

    class Meta(GovernedModel.Meta):
        verbose_name = _("risk appetite")
        verbose_name_plural = _("risk appetites")
        ordering = ["category", "-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "category"],
                condition=models.Q(until__isnull=True, department__isnull=True),
                name="one_present_appetite_a_category",
            ),
            models.UniqueConstraint(
                fields=["programme", "category", "department"],
                condition=models.Q(until__isnull=True, department__isnull=False),
                name="one_present_appetite_a_party",
            ),
            *limits_constraints("appetite"),
        ]

    @property
    def whose(self) -> str:
        """For whom it was agreed, as a page names it."""
        if self.department is None:
            return _("All departments together")
        return _("%(department)s, in this programme") % {"department": self.department.short_name}

    def get_absolute_url(self) -> str:
        return reverse("risks:appetite", args=[self.programme.reference])


class DepartmentAppetite(RiskLimits):
    """What a department agreed for itself. It holds in every programme it joined, unless it agreed another there."""

    door = "department"

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="risk_appetites")

    class Meta(GovernedModel.Meta):
        verbose_name = _("department’s risk appetite")
        verbose_name_plural = _("departments’ risk appetites")
        ordering = ["category", "-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "category"],
                condition=models.Q(until__isnull=True),
                name="one_present_appetite_a_department",
            ),
            *limits_constraints("department_appetite"),
        ]

    @property
    def whose(self) -> str:
        return _("%(department)s, everywhere") % {"department": self.department.short_name}

    def get_absolute_url(self) -> str:
        return reverse("risks:department-appetite", args=[self.department.slug])
