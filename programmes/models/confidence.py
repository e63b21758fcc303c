from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.programmes import Programme
from xgov.records.models import GovernedModel


class ConfidenceRating(GovernedModel):
    """One delivery confidence assessment: kept with its scale, its rater and its date, never converted."""

    class Scale(models.TextChoices):
        """Five points up to the March 2021 data, three points since (GMPP data, March 2021 and March 2024)."""

        FIVE_POINT = "FIVE_POINT", _("Five-point scale")
        THREE_POINT = "THREE_POINT", _("Three-point scale")
        NOT_SAID = "NOT_SAID", _("Scale not said")

    class Kind(models.TextChoices):
        SRO = "SRO", _("Senior responsible owner's assessment")
        INDEPENDENT = "INDEPENDENT", _("Independent assessment (NISTA, formerly IPA)")

    class Rating(models.TextChoices):
        GREEN = "GREEN", _("Green")
        AMBER_GREEN = "AMBER_GREEN", _("Amber/Green")
        AMBER = "AMBER", _("Amber")
        AMBER_RED = "AMBER_RED", _("Amber/Red")
        RED = "RED", _("Red")
        WITHHELD = "WITHHELD", _("Withheld")
        NOT_SET = "NOT_SET", _("Not rated")

    THREE_POINTS = ("GREEN", "AMBER", "RED")

    door = "programme"
    marking_field = "programme__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="confidence_ratings")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    scale = models.CharField(_("scale"), max_length=20, choices=Scale.choices, default=Scale.THREE_POINT)
    rating = models.CharField(_("rating"), max_length=20, choices=Rating.choices)
    rating_as_given = models.TextField(_("rating, as given"), blank=True)
    section = models.CharField(_("exemption"), max_length=20, blank=True)
    rated_on = models.DateField(_("rated on"))
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("rated by"),
    )  # fmt: skip
    rater = models.CharField(_("rating body or person"), max_length=200, blank=True)
    narrative = models.TextField(_("why, and what is being done"), blank=True)

    class Meta(GovernedModel.Meta):
        verbose_name = _("delivery confidence rating")
        verbose_name_plural = _("delivery confidence ratings")
        ordering = ["-rated_on", "-pk"]
        indexes = [models.Index(fields=["programme", "kind", "-rated_on"], name="confidence_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(scale="THREE_POINT") | ~models.Q(rating__in=["AMBER_GREEN", "AMBER_RED"]),
                name="three_point_scale_has_three_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rating_display()} ({self.get_scale_display()})"
