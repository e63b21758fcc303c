from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models.risks import Risk
from risks.querysets import RiskLinkQuerySet
from xgov.records.clock import today
from xgov.records.models import GovernedModel


class RiskLink(GovernedModel):
    """Two risks that have to do with one another, of one programme or of two. Seen by those who may see both.

    `CHILD_OF`: the other gathers this one up. Nothing of this risk counts there until its keeper agrees to share it.
    """

    class Kind(models.TextChoices):
        CAUSES = "CAUSES", _("May cause")
        RELATED = "RELATED", _("Is related to")
        CHILD_OF = "CHILD_OF", _("Is part of")

    door = "programme"
    keeper = "risk__kept_by"
    marking_field = "risk__marking"
    ends = ("other",)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="links_from", verbose_name=_("risk"))
    other = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="links_to", verbose_name=_("other risk"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)
    shared_upwards_at = models.DateTimeField(_("shared upwards at"), null=True, blank=True, editable=False)
    shared_upwards_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("shared upwards by"), editable=False,
    )  # fmt: skip

    objects = RiskLinkQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("link between risks")
        verbose_name_plural = _("links between risks")
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(risk=models.F("other")), name="risk_is_not_linked_to_itself"),
            models.UniqueConstraint(
                fields=["risk", "other", "kind"], condition=models.Q(until__isnull=True), name="one_link_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(shared_upwards_at__isnull=True, shared_upwards_by__isnull=True)
                | models.Q(
                    shared_upwards_at__isnull=False,
                    shared_upwards_by__isnull=False,
                    kind="CHILD_OF",
                    until__isnull=True,
                ),
                name="only_a_part_is_shared_upwards",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="risk_link_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk.reference} {str(self.get_kind_display()).lower()} {self.other.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}links/"

    @property
    def is_shared_upwards(self) -> bool:
        return self.shared_upwards_at is not None
