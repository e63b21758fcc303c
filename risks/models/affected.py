"""What a risk bears on: departments, objectives and projects, each from when until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models.risks import Risk
from risks.querysets import AffectedQuerySet
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.models import GovernedModel


class AffectedDepartment(GovernedModel):
    """A department besides the keeper that would feel the risk. It has no say over the risk by that."""

    door = "programme"
    keeper = "risk__kept_by"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="affected_departments")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="affected_by_risks", verbose_name=_("department")
    )
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = AffectedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("affected department")
        verbose_name_plural = _("affected departments")
        ordering = ["department__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "department"], condition=models.Q(until__isnull=True), name="department_affected_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="affected_department_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.department.name

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}#affects"


class AffectedThing(GovernedModel):
    """An objective or a project that would feel the risk. A project that xgov holds too is named by its own name."""

    class Kind(models.TextChoices):
        OBJECTIVE = "OBJECTIVE", _("Objective")
        PROJECT = "PROJECT", _("Project")

    door = "programme"
    keeper = "risk__kept_by"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="affected_things")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    project = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="affected_by_risks",
        verbose_name=_("project"),
    )  # fmt: skip
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = AffectedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("affected objective or project")
        verbose_name_plural = _("affected objectives and projects")
        ordering = ["kind", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(project__isnull=True) & ~models.Q(name="")
                | models.Q(project__isnull=False, kind="PROJECT", name=""),
                name="affected_thing_is_named_once",
            ),
            models.UniqueConstraint(
                fields=["risk", "kind", "name"],
                condition=models.Q(until__isnull=True, project__isnull=True),
                name="thing_affected_once",
            ),
            models.UniqueConstraint(
                fields=["risk", "project"], condition=models.Q(until__isnull=True), name="project_affected_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="affected_thing_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("A project held in xgov"))

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}#affects"
