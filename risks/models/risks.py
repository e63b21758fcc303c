from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import categories, timing
from risks.escalation_levels import LEVEL_CHOICES, RANK
from risks.models.scores import (
    ScoreDescriptor,
    band_field,
    level_field,
    scale_field,
    score_constraint,
    score_field,
)
from risks.querysets import RiskQuerySet
from risks.score_guard import refuse_silent_scores
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.fields import MarkingField
from xgov.records.models import GovernedModel

REFERENCE = r"R-\d{4,}"


class Risk(GovernedModel):
    """Something uncertain that may keep the programme from its outcome: because of a cause, an event, a consequence."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        OPEN = "OPEN", _("Open")
        CLOSED = "CLOSED", _("Closed")
        MATERIALISED = "MATERIALISED", _("Has happened")

    class Response(models.TextChoices):
        """The four Ts of the Orange Book (edition of 2004), and taking an opportunity."""

        TOLERATE = "TOLERATE", _("Tolerate")
        TREAT = "TREAT", _("Treat")
        TRANSFER = "TRANSFER", _("Transfer")
        TERMINATE = "TERMINATE", _("Terminate")
        TAKE = "TAKE", _("Take the opportunity")

    ENDED = (Status.CLOSED, Status.MATERIALISED)

    door = "programme"
    keeper = "kept_by"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="risks")
    reference = models.CharField(
        _("reference"), max_length=12, editable=False,
        validators=[RegexValidator(f"^{REFERENCE}$", _("A risk’s reference looks like R-0001"))],
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=150)
    cause = models.TextField(_("cause"), blank=True)
    event = models.TextField(_("event"), blank=True)
    consequence = models.TextField(_("consequence"), blank=True)
    category = models.CharField(_("category"), max_length=20, choices=categories.CHOICES)
    local_category = models.CharField(_("local category"), max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="risks_owned",
        verbose_name=_("owner"),
    )  # fmt: skip
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="risks_kept", verbose_name=_("department that keeps it")
    )
    scale = scale_field(_("scale"))
    inherent_likelihood = level_field(_("inherent likelihood"))
    inherent_impact = level_field(_("inherent impact"))
    inherent_score = score_field(_("inherent score"))
    inherent_band = band_field(_("inherent band"))
    residual_likelihood = level_field(_("residual likelihood"))
    residual_impact = level_field(_("residual impact"))
    residual_score = score_field(_("residual score"))
    residual_band = band_field(_("residual band"))
    target_likelihood = level_field(_("target likelihood"))
    target_impact = level_field(_("target impact"))
    target_score = score_field(_("target score"))
    target_band = band_field(_("target band"))
    response = models.CharField(_("response"), max_length=20, choices=Response.choices, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.OPEN, editable=False)
    identified_on = models.DateField(_("identified on"), default=today)
    proximity = models.CharField(_("proximity"), max_length=20, choices=timing.PROXIMITY_CHOICES, blank=True)
    velocity = models.CharField(_("velocity"), max_length=20, choices=timing.VELOCITY_CHOICES, blank=True)
    needs_funding = models.BooleanField(_("needs funding"), default=False)
    # When each assessment was made, and by when the target is to be reached.
    inherent_on = models.DateField(_("inherent score of"), null=True, blank=True, editable=False)
    residual_on = models.DateField(_("residual score of"), null=True, blank=True, editable=False)
    target_by = models.DateField(_("target to be reached by"), null=True, blank=True)
    review_due = models.DateField(_("next review due"), null=True, blank=True)
    marking = MarkingField()
    # Kept by the escalation package alone: facts of hot pages, so columns. `escalated_to` is the highest level at work.
    above_appetite_since = models.DateTimeField(_("above appetite since"), null=True, blank=True, editable=False)
    above_tolerance_since = models.DateTimeField(_("above tolerance since"), null=True, blank=True, editable=False)
    appetite_limit = models.PositiveSmallIntegerField(_("appetite that applies"), null=True, blank=True, editable=False)
    tolerance_limit = models.PositiveSmallIntegerField(
        _("tolerance that applies"), null=True, blank=True, editable=False
    )
    escalated_to = models.CharField(
        _("escalated to"), max_length=20, choices=LEVEL_CHOICES, blank=True, default="", editable=False
    )
    # Of the acceptance that has not ended, so that no list and no nightly task need look for it.
    accepted_up_to = models.PositiveSmallIntegerField(
        _("accepted up to a score of"), null=True, blank=True, editable=False
    )
    accepted_until = models.DateField(_("accepted until"), null=True, blank=True, editable=False)
    accepted_level = models.CharField(
        _("accepted at the level"), max_length=20, choices=LEVEL_CHOICES, blank=True, default="", editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("closed by"), editable=False,
    )  # fmt: skip
    closing_reason = models.TextField(_("why it was closed"), blank=True, editable=False)

    inherent = ScoreDescriptor()
    residual = ScoreDescriptor()
    target = ScoreDescriptor()

    objects = RiskQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["-residual_score", "-id"]
        indexes = [
            models.Index(fields=["-residual_score", "-id"], name="risk_by_score"),
            models.Index(fields=["programme", "-residual_score", "-id"], name="risk_by_programme_and_score"),
            # All that the count above the usual list asks for, so that it is read from this index alone.
            models.Index(fields=["programme", "marking"], condition=models.Q(closed_at=None), name="risk_live_count"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_risk_a_reference"),
            score_constraint("inherent"),
            score_constraint("residual"),
            score_constraint("target"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["OPEN", "MATERIALISED"])
                | (models.Q(owner__isnull=False, inherent_score__gt=0, residual_score__gt=0) & ~models.Q(response="")),
                name="risk_is_complete_once_open",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(status__in=["CLOSED", "MATERIALISED"], closed_at__isnull=False, closed_by__isnull=False)
                    & ~models.Q(closing_reason="")
                )
                | models.Q(
                    status__in=["DRAFT", "OPEN"], closed_at__isnull=True, closed_by__isnull=True, closing_reason=""
                ),
                name="risk_is_closed_when_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    above_appetite_since__isnull=True, above_tolerance_since__isnull=True, escalated_to=""
                )
                | models.Q(status="OPEN"),
                name="risk_is_escalated_only_while_open",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_up_to__isnull=True, accepted_until__isnull=True)
                | models.Q(accepted_up_to__gt=0, accepted_until__isnull=False, status="OPEN"),
                name="risk_is_accepted_only_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_silent_scores([self], kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("risks:risk", args=[self.programme.reference, self.reference])

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def has_ended(self) -> bool:
        return self.status in self.ENDED

    @property
    def is_above_appetite(self) -> bool:
        return self.above_appetite_since is not None

    @property
    def is_above_tolerance(self) -> bool:
        return self.above_tolerance_since is not None

    @property
    def is_escalated(self) -> bool:
        """Whether somebody above those who deal with it day by day is dealing with it too."""
        return bool(self.escalated_to)

    @property
    def is_overdue(self) -> bool:
        """The day of the review has passed. Not so on the day itself."""
        return self.is_open and self.review_due is not None and self.review_due < today()

    @property
    def is_accepted(self) -> bool:
        """Somebody with the authority carries it as it now is, and their acceptance has not run out."""
        return self.is_accepted_on(today())

    def is_accepted_on(self, day: date) -> bool:
        limit, last_day = self.accepted_up_to, self.accepted_until
        return limit is not None and self.residual_score <= limit and last_day is not None and day <= last_day

    def is_accepted_for(self, level: str, day: date) -> bool:
        """Whoever accepted it decides for this level: an acceptance says nothing to those above its authority."""
        return self.is_accepted_on(day) and RANK[level] <= RANK.get(self.accepted_level, -1)

    @property
    def falls_step_by_step(self) -> bool:
        """Whether target <= residual <= inherent (rule RSK-1, a local default); what is not scored does not count."""
        made = [score.value for score in (self.target, self.residual, self.inherent) if score]
        return made == sorted(made)
