from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models.programmes import Programme
from programmes.querysets import PartyQuerySet
from xgov.accounts.models import Department
from xgov.records.models import GovernedModel


class Party(GovernedModel):
    """A department in a programme: invited by the lead, in only once somebody with the right to has accepted."""

    class Role(models.TextChoices):
        LEAD = "LEAD", _("Lead department")
        CORE = "CORE", _("Partner department")
        SUPPORT = "SUPPORT", _("Supporting department")
        FUNDER = "FUNDER", _("Funding department")
        ASSOCIATED = "ASSOCIATED", _("Associated body")
        OBSERVER = "OBSERVER", _("Observer")

    class Status(models.TextChoices):
        IDENTIFIED = "IDENTIFIED", _("Identified")
        INVITED = "INVITED", _("Invited")
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    class Sight(models.TextChoices):
        NOTHING = "NOTHING", _("Nothing")
        THEIR_PLACE = "THEIR_PLACE", _("Their own place in the programme, with its name and outcome")
        PROGRAMME = "PROGRAMME", _("The programme")

    # What each status shows the people of the department, according to their roles there.
    SHOWS = {
        Status.IDENTIFIED: Sight.NOTHING,  # others think of asking it; it need not know
        Status.INVITED: Sight.THEIR_PLACE,
        Status.ACCEPTED: Sight.PROGRAMME,
        Status.DECLINED: Sight.THEIR_PLACE,
        Status.WITHDRAWN: Sight.THEIR_PLACE,
    }

    door = "programme"
    keeper = "department"
    windows = ("department",)
    windows_show_history = False  # an invitation names nobody in the programme but who sent it
    windows_open_while = ("status", tuple(status.value for status, sight in SHOWS.items() if sight != "NOTHING"))
    marking_field = "programme__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="parties")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("part"), max_length=20, choices=Role.choices, default=Role.CORE)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.IDENTIFIED)
    contribution = models.TextField(_("what the department does in the programme"), blank=True)
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answer_reason = models.TextField(_("reason given"), blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("invited by"),
    )  # fmt: skip
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it withdrew"), blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("department in a programme")
        verbose_name_plural = _("departments in programmes")
        constraints = [
            models.UniqueConstraint(fields=["programme", "department"], name="one_party_a_department"),
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(role="LEAD"), name="one_lead_department_a_programme"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["ACCEPTED", "DECLINED"]) | models.Q(answered_on__isnull=False),
                name="party_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(status="WITHDRAWN", withdrawn_on__isnull=False)
                | (~models.Q(status="WITHDRAWN") & models.Q(withdrawn_on__isnull=True)),
                name="party_withdrawal_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} in {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:party", args=[self.programme.reference, self.department.slug])

    @property
    def kept_url(self) -> str:
        """What a department that left had kept."""
        return reverse("programmes:kept", args=[self.programme.reference, self.department.slug])

    @property
    def is_in(self) -> bool:
        return self.SHOWS[self.status] == self.Sight.PROGRAMME
