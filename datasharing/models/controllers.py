from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.law import bases, conditions, powers, regimes
from datasharing.models.flows import DataFlow
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.records.models import GovernedModel


def _paragraph_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (label, [(p.code, p.label) for p in conditions.PARAGRAPHS if p.part == part])
        for part, label in conditions.PART_LABELS.items()
    ]


class FlowController(GovernedModel):
    """What one department is in one flow, and the law it relies on. Each department keeps its own."""

    class Role(models.TextChoices):
        CONTROLLER = "CONTROLLER", _("Controller")
        JOINT_CONTROLLER = "JOINT_CONTROLLER", _("Joint controller")
        PROCESSOR = "PROCESSOR", _("Processor")
        SUB_PROCESSOR = "SUB_PROCESSOR", _("Sub-processor")
        RECIPIENT_NON_PERSONAL = "RECIPIENT_NON_PERSONAL", _("Takes part, without personal data")

    door = "programme"
    keeper = "department"
    marking_field = "flow__dataset__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    flow = models.ForeignKey(DataFlow, on_delete=models.PROTECT, related_name="controllers")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    role = models.CharField(_("part in the flow"), max_length=30, choices=Role.choices, default=Role.CONTROLLER)
    contact = models.EmailField(_("contact for data protection"), blank=True)
    regime = models.CharField(
        _("data protection regime"), max_length=20, choices=[(r.code, r.label) for r in regimes.REGIMES],
        default=regimes.UK_GDPR,
    )  # fmt: skip
    lawful_basis = models.CharField(
        _("lawful basis"), max_length=12, choices=[(b.code, b.label) for b in bases.BASES], blank=True
    )
    basis_from = models.DateField(_("relied on from"), null=True, blank=True)
    basis_provision = models.CharField(_("law that gives the function or sets the duty"), max_length=300, blank=True)
    basis_detail = models.TextField(_("more about the lawful basis"), blank=True)
    recognised_interest = models.CharField(
        _("recognised interest"), max_length=30, choices=bases.RECOGNISED_INTERESTS, blank=True
    )
    officer_name = models.CharField(_("data protection officer"), max_length=200, blank=True)
    officer_reason = models.TextField(
        _("data protection officer's reason why this basis is open to a public authority"), blank=True
    )
    power = models.CharField(
        _("power to share"), max_length=20, choices=[(p.code, p.label) for p in powers.POWERS], blank=True
    )
    power_provision = models.CharField(_("Act and section of the power"), max_length=300, blank=True)
    special_condition = models.CharField(
        _("condition for special category data"), max_length=12, blank=True,
        choices=[(c.code, c.label) for c in conditions.CONDITIONS],
    )  # fmt: skip
    criminal_route = models.CharField(
        _("ground for criminal offence data"), max_length=20, choices=conditions.CRIMINAL_ROUTES, blank=True
    )
    schedule_1_paragraph = models.CharField(
        _("condition of Schedule 1"), max_length=6, choices=_paragraph_choices(), blank=True
    )
    policy_document = models.CharField(_("appropriate policy document"), max_length=300, blank=True)
    arrangement = models.CharField(
        _("joint controllers' arrangement, or contract with the processor"), max_length=300, blank=True
    )

    class Meta(GovernedModel.Meta):
        verbose_name = _("department's part in a data flow")
        verbose_name_plural = _("departments' parts in data flows")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["flow", "department"], name="one_part_a_department_in_a_flow",
                violation_error_message=_("This department already has a part in the flow"),
            ),
            models.CheckConstraint(
                condition=~models.Q(lawful_basis="6_1_EA")
                | models.Q(basis_from__isnull=False, basis_from__gte=bases.RECOGNISED_INTEREST_IN_FORCE),
                name="recognised_interest_not_before_its_law",
                violation_error_message=_("Recognised legitimate interest is a lawful basis only from 5 February 2026"),
            ),
            models.CheckConstraint(
                condition=~models.Q(lawful_basis__in=["6_1_EA", "6_1_F"])
                | (~models.Q(officer_name="") & ~models.Q(officer_reason="")),
                name="doubtful_basis_has_an_officers_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.department.short_name}, {self.get_role_display()}, {self.flow.reference}"

    def get_absolute_url(self) -> str:
        return reverse("datasharing:flow", args=[self.programme.reference, self.flow.reference]) + f"#part-{self.pk}"

    @property
    def decides(self) -> bool:
        """Controllers decide why and how data is used, and need a basis and a power of their own."""
        return self.role in {self.Role.CONTROLLER, self.Role.JOINT_CONTROLLER}

    @property
    def processes_for_another(self) -> bool:
        return self.role in {self.Role.PROCESSOR, self.Role.SUB_PROCESSOR}

    @property
    def basis_words(self) -> bases.LawfulBasis | None:
        return bases.BY_CODE.get(self.lawful_basis)

    @property
    def power_words(self) -> powers.Power | None:
        return powers.BY_CODE.get(self.power)

    @property
    def condition_words(self) -> conditions.Condition | None:
        return conditions.BY_CODE.get(self.special_condition)

    @property
    def paragraph_words(self) -> conditions.Paragraph | None:
        return conditions.PARAGRAPH_BY_CODE.get(self.schedule_1_paragraph)
