from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.delivery_models import BY_CODE, DELIVERY_MODELS, DeliveryModel
from programmes.querysets import ProgrammeQuerySet
from xgov.access.models import GroupGrant, UserGrant
from xgov.access.permissions import DOOR_PERMISSIONS
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
from xgov.records.models import GovernedModel

if TYPE_CHECKING:
    from programmes.models.appointments import Appointment
    from programmes.models.parties import Party

OUTCOME_LENGTH = 200  # one sentence that fits on every page and pack; a local default


class Programme(GovernedModel):
    """A joint programme: one shared outcome, one lead department, one SRO, one lead accounting officer."""

    class Status(models.TextChoices):
        IDEA = "IDEA", _("Idea")
        SCREENING = "SCREENING", _("Screening")
        SETTING_UP = "SETTING_UP", _("Setting up")
        DELIVERING = "DELIVERING", _("Delivering")
        PAUSED = "PAUSED", _("Paused")
        CLOSING = "CLOSING", _("Closing")
        CLOSED = "CLOSED", _("Closed")
        CANCELLED = "CANCELLED", _("Cancelled")

    class Phase(models.TextChoices):
        """Life-cycle phases of project delivery in government (projectdelivery.gov.uk, 2025); two are ours."""

        POLICY = "POLICY", _("Policy")
        FEASIBILITY = "FEASIBILITY", _("Feasibility")
        APPRAISE_SELECT = "APPRAISE_SELECT", _("Appraise and select")
        DEFINE = "DEFINE", _("Define")
        DELIVER = "DELIVER", _("Deliver")
        OPERATE_EMBED = "OPERATE_EMBED", _("Operate and embed")
        CLOSE = "CLOSE", _("Close")

    class Tier(models.TextChoices):
        """Portfolio tiers from 1 April 2026 (Government Project Delivery PN 04/26)."""

        GMPP = "GMPP", _("Government Major Projects Portfolio")
        DMP = "DMP", _("Departmental Major Project")
        OMP = "OMP", _("Other major project")
        NONE = "NONE", _("None")

    class Origin(models.TextChoices):
        HERE = "HERE", _("Set up here")
        PORTFOLIO_RETURN = "PORTFOLIO_RETURN", _("Imported from a published portfolio return")

    class DataMoves(models.TextChoices):
        NOT_SAID = "NOT_SAID", _("Not yet said")
        YES = "YES", _("Yes, data must move between departments")
        NO = "NO", _("No, no data need to move")

    door = "self"

    reference = reference_field(unique=True)
    name = models.CharField(_("name"), max_length=300)
    outcome = models.CharField(
        _("shared outcome, in one sentence"), max_length=OUTCOME_LENGTH, blank=True,
        validators=[MaxLengthValidator(OUTCOME_LENGTH)],
    )  # fmt: skip
    summary = models.TextField(_("what the programme does"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.IDEA)
    status_since = models.DateField(_("status since"), default=today)
    status_reason = models.TextField(_("why the status is what it is"), blank=True)
    phase = models.CharField(_("phase"), max_length=20, choices=Phase.choices, default=Phase.POLICY)
    delivery_model = models.CharField(
        _("model of joint working"), max_length=30, blank=True,
        choices=[(model.code, model.label) for model in DELIVERY_MODELS],
    )  # fmt: skip
    delivery_model_reason = models.TextField(_("why a lighter model is not enough"), blank=True)
    tier = models.CharField(_("portfolio tier"), max_length=10, choices=Tier.choices, default=Tier.NONE)
    category = models.CharField(_("portfolio category"), max_length=100, blank=True)
    marking = MarkingField()
    handling = models.CharField(_("handling instruction"), max_length=200, blank=True)
    start_date = models.DateField(_("start date"), null=True, blank=True)
    start_date_reason = models.TextField(_("why there is no start date"), blank=True)
    end_date = models.DateField(_("end date"), null=True, blank=True)
    end_date_reason = models.TextField(_("why there is no end date"), blank=True)
    first_review_on = models.DateField(_("first review"), null=True, blank=True)
    who_decides = models.TextField(_("what each decides alone, and what goes to the joint board"), blank=True)
    data_moves = models.CharField(
        _("whether data must move"), max_length=10, choices=DataMoves.choices, default=DataMoves.NOT_SAID
    )
    data_to_move = models.TextField(_("what data must move, or why none need to"), blank=True)
    success_review = models.TextField(_("how success is reviewed after launch"), blank=True)
    who_pays = models.TextField(_("who pays for what, under which authority"), blank=True)
    whole_life_cost = amount_field(_("whole-life cost"))
    whole_life_cost_state = state_field(_("whole-life cost: state"))
    whole_life_cost_reason = reason_field(_("whole-life cost: why it is not given"))
    whole_life_cost_section = section_field(_("whole-life cost: exemption"))
    price_base = models.CharField(_("price base"), max_length=60, blank=True)
    readiness_override = models.TextField(_("why the SRO went ahead before all was clear"), blank=True)
    readiness_override_on = models.DateField(_("overridden on"), null=True, blank=True)
    readiness_override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("overridden by"),
    )  # fmt: skip
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices, default=Origin.HERE, editable=False)
    department_as_given = models.CharField(_("department, as published"), max_length=100, blank=True, editable=False)

    whole_life_cost_figure = FigureDescriptor("whole_life_cost")

    objects = ProgrammeQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        permissions = DOOR_PERMISSIONS
        constraints = [
            figure_constraint("whole_life_cost", of="programme"),
            models.CheckConstraint(
                condition=models.Q(start_date__isnull=True)
                | models.Q(end_date__isnull=True)
                | models.Q(end_date__gte=models.F("start_date")),
                name="programme_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(readiness_override="", readiness_override_on__isnull=True)
                | (~models.Q(readiness_override="") & models.Q(readiness_override_on__isnull=False)),
                name="readiness_override_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.reference])

    @cached_property
    def lead(self) -> Department | None:
        """The lead department. Ask with `with_parties()` when there are many programmes."""
        return next((p.department for p in self.parties.all() if p.role == "LEAD" and p.status == "ACCEPTED"), None)

    def parties_in(self) -> list["Party"]:
        """Those that are in, as papers name them: the lead first, then by name. Ask with `with_parties()`."""
        parties = [party for party in self.parties.all() if party.is_in]
        return sorted(parties, key=lambda party: (party.role != "LEAD", party.department.name))

    def departments(self) -> list[Department]:
        """The departments of `parties_in()`, in their order."""
        return [party.department for party in self.parties_in()]

    def appointed(self) -> list["Appointment"]:
        """Whoever was ever appointed, in order. Ask with `with_people()` where several look."""
        brought = getattr(self, "brought_along", None)
        return list(self.appointments.with_people()) if brought is None else brought

    def in_post(self) -> list["Appointment"]:
        """Those of them who hold their role today."""
        return [appointment for appointment in self.appointed() if appointment.is_current]

    @property
    def model_words(self) -> DeliveryModel | None:
        return BY_CODE.get(self.delivery_model)

    @property
    def is_over(self) -> bool:
        return self.status in {self.Status.CLOSED, self.Status.CANCELLED}


class ProgrammeGroupGrant(GroupGrant):
    content_object = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="group_grants")


class ProgrammeUserGrant(UserGrant):
    content_object = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="user_grants")
