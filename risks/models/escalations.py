from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.escalation_levels import LEVEL_CHOICES, LEVELS, TRIGGER_CHOICES
from risks.models.risks import Risk
from risks.querysets import EscalationQuerySet
from xgov.records.clock import now, today
from xgov.records.models import GovernedModel


def _person(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=label, editable=False,
    )  # fmt: skip


def _moment(label: str) -> models.DateTimeField:
    return models.DateTimeField(label, null=True, blank=True, editable=False)


class Escalation(GovernedModel):
    """One risk before one level of the ladder: why, what is asked, by when, and what came of it.

    It never changes who owns the risk. It is as sensitive as its risk.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("Waiting")
        ACKNOWLEDGED = "ACKNOWLEDGED", _("Acknowledged")
        ANSWERED = "ANSWERED", _("Answered")
        RETURNED = "RETURNED", _("Returned")
        ENDED = "ENDED", _("Ended")

    WAITING = (State.OPEN, State.ACKNOWLEDGED)  # for an answer
    LIVE = (*WAITING, State.ANSWERED)
    ENDING = ("escalation_ended", "raised_escalation_ended")
    ASKING = ("risk_escalated", "risk_escalated_again", "escalation_taken_up")  # kinds of notice
    OVER = (State.RETURNED, State.ENDED)

    door = "programme"
    keeper = "risk__kept_by"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="escalations")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="escalations")
    from_level = models.CharField(_("from"), max_length=20, choices=LEVEL_CHOICES, editable=False)
    to_level = models.CharField(_("to"), max_length=20, choices=LEVEL_CHOICES)
    trigger = models.CharField(_("because of"), max_length=30, choices=TRIGGER_CHOICES)
    reason = models.TextField(_("reason"))
    ask = models.TextField(_("what is asked"))
    score = models.PositiveSmallIntegerField(_("residual score at the time"), default=0, editable=False)
    raised_at = models.DateTimeField(_("escalated at"), default=now, editable=False)
    raised_by = _person(_("escalated by"))  # nobody: it escalated by itself
    response_due = models.DateField(_("answer due"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN, editable=False)
    acknowledged_at = _moment(_("acknowledged at"))
    acknowledged_by = _person(_("acknowledged by"))
    answered_at = _moment(_("answered at"))
    answered_by = _person(_("answered by"))
    answered_score = models.PositiveSmallIntegerField(_("residual score when answered"), null=True, editable=False)
    response = models.TextField(_("answer"), blank=True, editable=False)
    answered_before = models.TextField(_("answered before"), blank=True, editable=False)  # and asked again since
    ended_at = _moment(_("ended at"))
    ended_by = _person(_("ended by"))  # nobody: it ended by itself
    ended_score = models.PositiveSmallIntegerField(_("residual score at the end"), default=0, editable=False)
    outcome = models.TextField(_("what came of it"), blank=True, editable=False)
    also_called = models.JSONField(  # the other triggers for which it was asked; for which a person ended it
        _("also because of"), default=list, blank=True, choices=TRIGGER_CHOICES, editable=False
    )
    climbed_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="climbs", editable=False,
        verbose_name=_("unanswered below"),
    )  # fmt: skip
    times_taken_up = models.PositiveSmallIntegerField(_("times taken up again"), default=0, editable=False)

    objects = EscalationQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(fields=["programme", "state", "response_due"], name="escalation_by_answer_due"),
            models.Index(fields=["risk", "-ended_at"], name="escalation_by_risk_and_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "to_level"],
                condition=models.Q(state__in=["OPEN", "ACKNOWLEDGED", "ANSWERED"]),
                name="one_live_escalation_a_level",
            ),
            models.UniqueConstraint(
                fields=["climbed_from"],
                condition=models.Q(climbed_from__isnull=False, state__in=["OPEN", "ACKNOWLEDGED", "ANSWERED"]),
                name="an_escalation_climbs_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(ask=""), name="escalation_says_why_and_what_is_asked"
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=["RETURNED", "ENDED"], ended_at__isnull=False) & ~models.Q(outcome=""))
                | models.Q(state__in=["OPEN", "ACKNOWLEDGED", "ANSWERED"], ended_at__isnull=True, outcome=""),
                name="escalation_is_over_when_and_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ACKNOWLEDGED") | models.Q(acknowledged_at__isnull=False),
                name="escalation_is_acknowledged_when",
            ),
            models.CheckConstraint(
                condition=(models.Q(answered_at__isnull=False) & ~models.Q(response=""))
                | (models.Q(answered_at__isnull=True, response="") & ~models.Q(state="ANSWERED")),
                name="escalation_is_answered_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return _("%(risk)s to %(level)s") % {"risk": self.risk.reference, "level": self.level.label}

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}#escalation-{self.pk}"

    @property
    def level(self) -> object:
        return LEVELS[self.to_level]

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def waits_for_an_answer(self) -> bool:
        return self.state in self.WAITING

    @property
    def is_late(self) -> bool:
        """The day of the answer has passed without one."""
        return self.waits_for_an_answer and self.response_due < today()

    @property
    def waits_above_the_acceptance(self) -> bool:
        """Somebody accepted the risk whose authority does not reach up to this level."""
        return self.risk.is_accepted and not self.risk.is_accepted_for(self.to_level, today())

    def still_tells(self, kind: str) -> bool:
        """Not of what is asked once nobody waits for it any more, nor of an end after which it went on."""
        if kind in self.ENDING:
            return not self.is_live
        if kind in self.ASKING:
            return self.is_live if kind == "escalation_taken_up" else self.waits_for_an_answer
        return True

    @property
    def raised_itself(self) -> bool:
        return self.raised_by_id is None
