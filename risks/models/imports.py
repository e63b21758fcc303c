"""A register that somebody keeps in a spreadsheet: the file that was brought, how it is read, and what it said."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import assurance
from risks.models.risks import Risk
from xgov.accounts.models import Department
from xgov.jobs.models import Job
from xgov.records.fields import Marking, MarkingField
from xgov.records.fixed import FixedOnce
from xgov.records.models import GovernedModel


class ColumnMapping(GovernedModel):
    """How one register of another shape is read: its columns and its words.

    Known again, for the department that brings it, by the names of its sheet and of its columns. Of two registers with
    the same names each has a number of its own.
    """

    door = "programme"
    keeper = "department"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="column_mappings")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department whose register it is")
    )
    name = models.CharField(_("file that it was first matched for"), max_length=200, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    fingerprint = models.CharField(_("SHA-256 of its headers"), max_length=64, editable=False)
    headers = models.JSONField(_("headers"), default=list)
    # header -> the field it is read into, one of imports.fields.TARGETS
    columns = models.JSONField(_("columns"), default=dict)
    # field -> {value as given: the level, code or id it stands for; "" keeps it as given}
    words = models.JSONField(_("words"), default=dict)
    category = models.CharField(_("category of its risks"), max_length=20, blank=True)
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("department that keeps its risks"),
    )  # fmt: skip
    control_type = models.CharField(
        _("type of its controls"), max_length=20, choices=assurance.TYPE_CHOICES, blank=True
    )
    control_line = models.CharField(
        _("line of assurance of its controls"), max_length=20, choices=assurance.LINE_CHOICES, blank=True
    )

    class Meta(GovernedModel.Meta):
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "department", "fingerprint", "sheet", "number"],
                name="one_mapping_of_a_number_for_the_same_headers",
            )
        ]

    def __str__(self) -> str:
        return str(_("How to read a register that begins with %(headers)s")) % {"headers": ", ".join(self.headers[:3])}


def path_of_file(brought: "RegisterImport", name: str) -> str:
    return f"registers/{brought.programme.reference}/{name}"


class RegisterImport(GovernedModel):
    """One spreadsheet brought to a programme's register. The file is kept as evidence whatever becomes of it."""

    class State(models.TextChoices):
        BROUGHT = "BROUGHT", _("Being read")
        MAPPING = "MAPPING", _("Columns to match")
        FAULTY = "FAULTY", _("Has errors")
        READY = "READY", _("Ready to apply")
        APPLYING = "APPLYING", _("Being applied")
        APPLIED = "APPLIED", _("Applied")
        PUT_ASIDE = "PUT_ASIDE", _("Put aside")

    class Shape(models.TextChoices):
        OWN = "OWN", _("This register’s own columns")
        FOREIGN = "FOREIGN", _("Columns of its own")

    OVER = (State.APPLIED, State.PUT_ASIDE)

    door = "programme"
    keeper = "kept_by"
    not_in_history = ("plan",)  # its fingerprint is
    fixed = FixedOnce(
        "state", while_open=("BROUGHT", "MAPPING", "FAULTY", "READY", "APPLYING"),
        free=("marking",),  # a risk that it speaks of may become sensitive later
    )  # fmt: skip

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="register_imports")
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department that brought it")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    name = models.CharField(_("name of the file"), max_length=200)
    file = models.FileField(_("the file"), upload_to=path_of_file, max_length=300)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    marking = MarkingField()
    brought_by = models.ForeignKey(  # None: brought by a command
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("brought by"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.BROUGHT)
    shape = models.CharField(_("kind of columns"), max_length=10, choices=Shape.choices, blank=True)
    mapping = models.ForeignKey(
        ColumnMapping, on_delete=models.PROTECT, null=True, blank=True, related_name="imports",
        verbose_name=_("how it is read"),
    )  # fmt: skip
    over_changes = models.BooleanField(_("also where the register has changed since"), default=False)
    plan = models.JSONField(_("what it would change"), default=dict)
    plan_sha256 = models.CharField(_("SHA-256 of what it would change"), max_length=64, blank=True)
    created_count = models.PositiveIntegerField(_("added"), default=0)
    updated_count = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_count = models.PositiveIntegerField(_("left as they were"), default=0)
    closed_count = models.PositiveIntegerField(_("closed"), default=0)
    kept_as_text_count = models.PositiveIntegerField(_("values kept as given"), default=0)
    failure = models.TextField(_("why it could not be applied"), blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("applied by"),
    )  # fmt: skip
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)

    class Meta(GovernedModel.Meta):
        verbose_name = _("spreadsheet")
        verbose_name_plural = _("spreadsheets")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_spreadsheet_a_number"),
            models.CheckConstraint(
                condition=models.Q(state="APPLIED", applied_at__isnull=False)
                | (~models.Q(state="APPLIED") & models.Q(applied_at__isnull=True, applied_by__isnull=True)),
                name="spreadsheet_says_when_it_was_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("risks:import", args=[self.programme.reference, self.number])

    def get_matching_url(self) -> str:
        """Where its columns are matched; once they are, its words."""
        page = "risks:match-words" if self.mapping_id else "risks:match-columns"
        return reverse(page, args=[self.programme.reference, self.number])

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def is_sensitive(self) -> bool:
        return self.marking == Marking.OFFICIAL_SENSITIVE

    @property
    def newest_job(self) -> Job | None:
        return Job.objects.about(self).first()


class ImportedRow(GovernedModel):
    """What a register of another shape said of a risk, cell by cell and as given. By it the risk is known again."""

    door = "programme"
    keeper = "risk__kept_by"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="imported_rows")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="imported_rows")
    mapping = models.ForeignKey(ColumnMapping, on_delete=models.PROTECT, related_name="rows")
    brought_in = models.ForeignKey(
        RegisterImport, on_delete=models.PROTECT, null=True, blank=True, related_name="rows",
        verbose_name=_("spreadsheet it came in"),
    )  # fmt: skip
    key = models.CharField(_("what it is called there"), max_length=300)
    said = models.JSONField(_("what it says"), default=dict)  # header -> text
    kept_as_given = models.JSONField(_("kept as given"), default=list)  # the headers whose value has no place here

    class Meta(GovernedModel.Meta):
        verbose_name = _("row of another register")
        verbose_name_plural = _("rows of other registers")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["mapping", "key"], name="one_row_of_a_name_in_a_register")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}#as-given"

    @property
    def answers_as_given(self) -> list[tuple[str, Any]]:
        """The header and the text of each value that found no place here."""
        return [(header, self.said.get(header, "")) for header in self.kept_as_given]
