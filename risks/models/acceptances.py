from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models.risks import Risk
from risks.querysets import AcceptanceQuerySet
from xgov.records.clock import today
from xgov.records.models import GovernedModel


class Acceptance(GovernedModel):
    """Somebody with the authority carries a risk as it is, up to a score, to the last day `expires_on`."""

    class Ended(models.TextChoices):
        EXPIRED = "EXPIRED", _("It ran out")
        WITHDRAWN = "WITHDRAWN", _("It was withdrawn")
        SCORE_ROSE = "SCORE_ROSE", _("The score rose above it")
        RISK_ENDED = "RISK_ENDED", _("The risk ended")
        RENEWED = "RENEWED", _("A new acceptance took its place")

    door = "programme"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="acceptances")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="acceptances")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="risks_accepted", verbose_name=_("accepted by")
    )
    accepted_as = models.CharField(_("accepted as"), max_length=200, blank=True)
    accepted_on = models.DateField(_("accepted on"), default=today)
    expires_on = models.DateField(_("last day"))
    up_to_score = models.PositiveSmallIntegerField(_("up to a residual score of"))
    why = models.TextField(_("why"), max_length=1000)
    conditions = models.TextField(_("conditions"), max_length=1000, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    ended_because = models.CharField(
        _("why it ended"), max_length=20, choices=Ended.choices, blank=True, editable=False
    )

    objects = AcceptanceQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("acceptance of a risk")
        verbose_name_plural = _("acceptances of risks")
        ordering = ["-accepted_on", "-id"]
        indexes = [
            models.Index(fields=["expires_on"], condition=models.Q(ended_at=None), name="acceptance_to_run_out"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["risk"], condition=models.Q(ended_at__isnull=True), name="one_acceptance_of_a_risk"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_because="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_because=""),
                name="acceptance_ends_when_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("accepted_on")), name="acceptance_runs_out_after_it_began"
            ),
            models.CheckConstraint(condition=models.Q(up_to_score__gt=0), name="acceptance_is_up_to_a_score"),
        ]

    def __str__(self) -> str:
        return str(_("Acceptance of %(reference)s up to %(score)d") % {
            "reference": self.risk.reference, "score": self.up_to_score,
        })  # fmt: skip

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}#acceptance"

    @property
    def is_in_force(self) -> bool:
        """Not ended, and its last day has not passed: the nightly task may not have been by yet."""
        return self.ended_at is None and self.expires_on >= today()

    @property
    def days_left(self) -> int:
        """How many days after today it still holds; 0 on its last day."""
        return max(0, (self.expires_on - today()).days)
