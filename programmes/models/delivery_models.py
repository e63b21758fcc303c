from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.delivery_models import BY_CODE, DELIVERY_MODELS, DeliveryModel
from programmes.models.programmes import Programme
from xgov.records.clock import today
from xgov.records.models import GovernedModel

MODEL_CHOICES = [(model.code, model.label) for model in DELIVERY_MODELS]


class ModelChoice(GovernedModel):
    """One choice of the model of joint working: what it was, what it became, why and by whom. Never rewritten."""

    door = "programme"
    marking_field = "programme__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="model_choices")
    model = models.CharField(_("model of joint working"), max_length=30, choices=MODEL_CHOICES)
    previous = models.CharField(_("model before"), max_length=30, choices=MODEL_CHOICES, blank=True)
    lighter_not_enough = models.TextField(_("why a lighter model is not enough"), blank=True)
    reason = models.TextField(_("why it was changed"), blank=True)
    chosen_on = models.DateField(_("chosen on"), default=today)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("chosen by")
    )

    class Meta(GovernedModel.Meta):
        verbose_name = _("choice of delivery model")
        verbose_name_plural = _("choices of delivery model")
        ordering = ["-chosen_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_model_display()}, {self.programme}"

    @property
    def words(self) -> DeliveryModel:
        return BY_CODE[self.model]
