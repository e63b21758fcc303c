from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import scales, terms_data
from risks.querysets import RegisterSettingsQuerySet
from risks.register_terms import Terms
from xgov.accounts.models import Department, User
from xgov.records.clock import now
from xgov.records.fixed import FixedOnce
from xgov.records.models import GovernedModel


class RegisterSettings(GovernedModel):
    """One version of how a programme's register works. What was agreed is never edited: a new version follows it."""

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", _("Proposed")
        IN_FORCE = "IN_FORCE", _("In force")
        SUPERSEDED = "SUPERSEDED", _("Superseded")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    door = "programme"
    fixed = FixedOnce("status", while_open=("PROPOSED",), free=("status", "ended_at", "ended_because"))

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="register_settings")
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    scale = models.CharField(_("scale"), max_length=10, choices=scales.CHOICES)
    terms = models.JSONField(_("terms"))
    why = models.TextField(_("what changes, and why"), max_length=1000)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.PROPOSED, editable=False
    )
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by"),
        editable=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed at"), default=now, editable=False)
    since = models.DateTimeField(_("in force since"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("superseded or withdrawn at"), null=True, blank=True, editable=False)
    ended_because = models.TextField(_("why it was withdrawn"), blank=True, editable=False)

    objects = RegisterSettingsQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("register settings")
        verbose_name_plural = _("register settings")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="one_settings_a_version"),
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(status="PROPOSED"), name="one_proposed_settings_a_programme"
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(status="IN_FORCE"), name="one_settings_in_force_a_programme"
            ),
            models.CheckConstraint(
                condition=models.Q(status="PROPOSED", since__isnull=True, ended_at__isnull=True)
                | models.Q(status="IN_FORCE", since__isnull=False, ended_at__isnull=True)
                | models.Q(status="SUPERSEDED", since__isnull=False, ended_at__isnull=False)
                | models.Q(status="WITHDRAWN", since__isnull=True, ended_at__isnull=False),
                name="register_settings_are_dated",
            ),
        ]

    def __str__(self) -> str:
        return _now("Register settings, version %(number)d") % {"number": self.version}

    def get_absolute_url(self) -> str:
        return reverse("risks:settings-version", args=[self.programme.reference, self.version])

    @property
    def is_proposed(self) -> bool:
        return self.status == self.Status.PROPOSED

    @property
    def is_in_force(self) -> bool:
        return self.status == self.Status.IN_FORCE

    @property
    def agreed_terms(self) -> Terms:
        return terms_data.as_terms(self.scale, self.terms, self.version)


class SettingsAgreement(GovernedModel):
    """What one department answered to one version, and who answered for it. The last answer is the one that counts."""

    class Answer(models.TextChoices):
        AGREED = "AGREED", _("Agreed")
        OBJECTED = "OBJECTED", _("Objected")

    door = "programme"
    keeper = "department"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="settings_agreements")
    settings = models.ForeignKey(RegisterSettings, on_delete=models.PROTECT, related_name="agreements")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="settings_agreements")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices)
    said = models.TextField(_("what was said"), max_length=1000, blank=True)
    given_at = models.DateTimeField(_("answered at"), default=now, editable=False)

    class Meta(GovernedModel.Meta):
        verbose_name = _("answer to register settings")
        verbose_name_plural = _("answers to register settings")
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["settings", "department"], name="one_answer_a_department_to_settings"),
            models.CheckConstraint(
                condition=models.Q(answer="AGREED") | ~models.Q(said=""), name="settings_objection_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department.short_name}: {self.get_answer_display().lower()}"

    def get_absolute_url(self) -> str:
        return self.settings.get_absolute_url()

    @property
    def is_agreement(self) -> bool:
        return self.answer == self.Answer.AGREED
