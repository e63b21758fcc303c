from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.programmes import Programme
from xgov.records.figures import FigureDescriptor, amount_field, reason_field, section_field, state_field
from xgov.records.models import GovernedModel


class PublishedReturn(GovernedModel):
    """What a published portfolio return said of a programme: every column as given, and its figures as values."""

    door = "programme"
    marking_field = "programme__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="published_returns")
    publication = models.CharField(_("publication"), max_length=200)
    as_at = models.DateField(_("as at"))
    as_given = models.JSONField(_("every column, as given"), default=dict)
    baseline = amount_field(_("financial year baseline"))
    baseline_state = state_field(_("baseline: state"))
    baseline_reason = reason_field(_("baseline: why it is not given"))
    baseline_section = section_field(_("baseline: exemption"))
    forecast = amount_field(_("financial year forecast"))
    forecast_state = state_field(_("forecast: state"))
    forecast_reason = reason_field(_("forecast: why it is not given"))
    forecast_section = section_field(_("forecast: exemption"))
    benefits = amount_field(_("baseline benefits"))
    benefits_state = state_field(_("benefits: state"))
    benefits_reason = reason_field(_("benefits: why they are not given"))
    benefits_section = section_field(_("benefits: exemption"))
    variance_percent = models.DecimalField(
        _("variance, in percent"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    variance_reason = models.TextField(_("variance: why it is not given"), blank=True)

    baseline_figure = FigureDescriptor("baseline")
    forecast_figure = FigureDescriptor("forecast")
    benefits_figure = FigureDescriptor("benefits")

    class Meta(GovernedModel.Meta):
        verbose_name = _("published return")
        verbose_name_plural = _("published returns")
        ordering = ["-as_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "publication"], name="one_return_a_publication"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.publication}"
