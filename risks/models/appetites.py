from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import appetite_levels, categories
from risks.querysets import AppetiteQuerySet
from risks.scoring import HIGHEST_POSSIBLE
from xgov.records.clock import today
from xgov.records.models import GovernedModel


class Appetite(GovernedModel):
    """How much risk of one category the programme is willing to carry, from when until when."""

    door = "programme"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="appetites")
    category = models.CharField(_("category"), max_length=20, choices=categories.CHOICES)
    level = models.CharField(_("level"), max_length=20, choices=appetite_levels.CHOICES)
    max_residual_score = models.PositiveSmallIntegerField(_("highest residual score"))
    agreed_by = models.CharField(_("agreed by"), max_length=200)
    agreed_on = models.DateField(_("agreed on"))
    review_due = models.DateField(_("next review due"))
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = AppetiteQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("risk appetite")
        verbose_name_plural = _("risk appetites")
        ordering = ["category", "-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "category"],
                condition=models.Q(until__isnull=True),
                name="one_present_appetite_a_category",
            ),
            models.CheckConstraint(
                condition=models.Q(max_residual_score__range=(1, HIGHEST_POSSIBLE)),
                name="appetite_is_on_the_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="appetite_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {str(self.get_level_display()).lower()}"

    def get_absolute_url(self) -> str:
        return reverse("risks:appetite", args=[self.programme.reference])

    @property
    def level_words(self) -> appetite_levels.AppetiteLevel:
        return appetite_levels.BY_CODE[self.level]

    @property
    def is_usual(self) -> bool:
        """Whether the limit is the one that this level usually has."""
        return self.max_residual_score == self.level_words.max_residual_score

    @property
    def is_overdue(self) -> bool:
        return self.until is None and self.review_due < today()
