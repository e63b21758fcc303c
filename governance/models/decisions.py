from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.models.boards import Board
from governance.querysets.decisions import DecisionQuerySet
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.fields import MarkingField, reference_field
from xgov.records.figures import (
    FigureDescriptor,
    amount_field,
    figure_constraint,
    reason_field,
    section_field,
    state_field,
)
from xgov.records.fixed import FixedOnce, FixedWith
from xgov.records.models import GovernedModel

# A decision that was made, whatever became of it.
MADE = ["MADE", "SUPERSEDED"]
NOT_MADE = ["PROPOSED", "WITHDRAWN"]


_COLOURS = {"PROPOSED": "yellow", "MADE": "green", "SUPERSEDED": "purple", "WITHDRAWN": "grey"}
_STANCE_COLOURS = {"AGREES": "green", "CONSULTED": "blue", "DISSENTS": "orange", "ABSENT": "grey"}


class Decision(GovernedModel):
    """One entry of the decision log. Once it has been made nothing in it changes: a new decision takes its place."""

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", _("Proposed")
        MADE = "MADE", _("Made")
        SUPERSEDED = "SUPERSEDED", _("Superseded")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    door = "programme"
    windows = ("board",)
    fixed = FixedOnce("status", while_open=("PROPOSED",), free=("status",))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    reference = reference_field()
    question = models.CharField(_("what has to be decided"), max_length=300)
    background = models.TextField(_("why now, and what it rests on"), blank=True)
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("board that decides"),
    )  # fmt: skip
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PROPOSED)
    marking = MarkingField()

    chosen = models.ForeignKey(
        "governance.DecisionOption", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("option chosen"),
    )  # fmt: skip
    decision = models.TextField(_("decision"), blank=True)
    rationale = models.TextField(_("why"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    authority = models.TextField(_("authority used"), blank=True)
    financial_effect = amount_field(_("financial effect"))
    financial_effect_state = state_field(_("financial effect: state"))
    financial_effect_reason = reason_field(_("financial effect: why it is not given"))
    financial_effect_section = section_field(_("financial effect: exemption"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    made_at = models.DateTimeField(_("recorded as made"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("decided by"),
    )  # fmt: skip
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors",
        verbose_name=_("takes the place of"),
    )  # fmt: skip

    financial_effect_figure = FigureDescriptor("financial_effect")

    objects = DecisionQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["programme", "-reference"]
        indexes = [
            models.Index(fields=["programme", "status", "-decided_on"], name="decision_log"),
            models.Index(fields=["board", "status"], name="decision_by_board"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_decision_a_reference"),
            models.UniqueConstraint(
                fields=["supersedes"], condition=~Q(status="WITHDRAWN"), name="one_successor_a_decision"
            ),
            models.CheckConstraint(condition=~Q(pk=models.F("supersedes")), name="decision_not_its_own_successor"),
            models.CheckConstraint(
                condition=Q(status__in=NOT_MADE, decided_on__isnull=True, decided_by__isnull=True, made_at__isnull=True)
                | (
                    Q(status__in=MADE, decided_on__isnull=False, decided_by__isnull=False, made_at__isnull=False)
                    & ~Q(decision="") & ~Q(rationale="")
                ),
                name="decision_made_has_words_reason_and_date",
            ),
            figure_constraint("financial_effect", of="decision"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.question}"

    def get_absolute_url(self) -> str:
        return reverse("governance:decision", args=[self.programme.reference, self.reference])

    @property
    def is_proposed(self) -> bool:
        return self.status == self.Status.PROPOSED

    @property
    def is_late(self) -> bool:
        return self.is_proposed and self.needed_by is not None and self.needed_by < today()

    @property
    def has_dissent(self) -> bool:
        return any(position.stance == "DISSENTS" for position in self.positions.all())

    @property
    def status_colour(self) -> str:
        return _COLOURS[self.status]

    @property
    def was_made(self) -> bool:
        return self.status in MADE

    @property
    def forum(self) -> str:
        """Who decided or is to decide, in words: the board, or the person."""
        return str(self.board or self.decided_by or "")

    @cached_property
    def options_offered(self) -> list["DecisionOption"]:
        return [option for option in self.options.all() if not option.is_dropped]

    @cached_property
    def positions_in_order(self) -> list["DecisionPosition"]:
        return sorted(self.positions.all(), key=lambda position: position.department.name)


class DecisionOption(GovernedModel):
    """One way to go, and what it would cost somebody."""

    door = "programme"
    windows = ("decision__board",)
    marking_field = "decision__marking"
    fixed = FixedWith("decision")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("option"), max_length=200)
    gains = models.TextField(_("what it gains, and for whom"), blank=True)
    costs = models.TextField(_("what it costs or risks, and for whom"), blank=True)
    is_recommended = models.BooleanField(_("recommended"), default=False)
    is_dropped = models.BooleanField(_("no longer offered"), default=False)

    class Meta(GovernedModel.Meta):
        verbose_name = _("option of a decision")
        verbose_name_plural = _("options of decisions")
        ordering = ["decision", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(is_recommended=True, is_dropped=False),
                name="one_recommended_option_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.decision.get_absolute_url()


class DecisionPosition(GovernedModel):
    """Where one department stands on a decision: said by its own people, or noted by those who run the programme."""

    class Stance(models.TextChoices):
        AGREES = "AGREES", _("Agrees")
        CONSULTED = "CONSULTED", _("Consulted")
        DISSENTS = "DISSENTS", _("Dissents")
        ABSENT = "ABSENT", _("Absent")

    door = "programme"
    keeper = "department"
    windows = ("decision__board",)
    marking_field = "decision__marking"
    fixed = FixedWith("decision")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="positions")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("position"), max_length=20, choices=Stance.choices)
    words = models.TextField(_("in the department's words"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_on = models.DateField(_("recorded on"))
    # Kept as it was then: whoever recorded it may have moved to another department since.
    noted_from = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("department of whoever noted it, if not its own"),
    )  # fmt: skip

    class Meta(GovernedModel.Meta):
        verbose_name = _("department's position on a decision")
        verbose_name_plural = _("departments' positions on decisions")
        constraints = [
            models.UniqueConstraint(fields=["decision", "department"], name="one_position_a_department"),
            models.CheckConstraint(
                condition=~Q(stance="DISSENTS") | ~Q(words=""), name="dissent_says_why",
                violation_error_message=_("Say why the department dissents."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.decision.reference}: {self.department}, {self.get_stance_display()}"

    def get_absolute_url(self) -> str:
        return self.decision.get_absolute_url()

    @property
    def colour(self) -> str:
        return _STANCE_COLOURS[self.stance]

    @property
    def is_its_own(self) -> bool:
        return self.noted_from_id is None

    @property
    def noted_by(self) -> str:
        """In words, who noted it from outside the department. Empty if its own people recorded it."""
        if self.noted_from is None:
            return ""
        return gettext("noted by %(person)s of %(department)s") % {
            "person": self.recorded_by,
            "department": self.noted_from.short_name,
        }
