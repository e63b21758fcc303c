from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.querysets import DatasetQuerySet
from datasharing.refresh_cycles import BY_CODE, CYCLES, ONE_OFF
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.fields import MarkingField, reference_field
from xgov.records.models import GovernedModel

MOST_GRACE_DAYS = 365


class Dataset(GovernedModel):
    """Data that a department provides to the programme. Only what is known about it is kept here, never the data."""

    class PersonalData(models.TextChoices):
        NONE = "NONE", _("No personal data")
        PERSONAL = "PERSONAL", _("Personal data")
        SPECIAL_CATEGORY = "SPECIAL_CATEGORY", _("Special category data")
        CRIMINAL = "CRIMINAL", _("Criminal offence data")
        SPECIAL_AND_CRIMINAL = "SPECIAL_AND_CRIMINAL", _("Special category and criminal offence data")

    door = "programme"
    keeper = "kept_by"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="datasets")
    reference = reference_field()
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="datasets", verbose_name=_("department that provides it")
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("what it holds, and about whom"), blank=True)
    personal_data = models.CharField(
        _("personal data"), max_length=30, choices=PersonalData.choices, default=PersonalData.PERSONAL
    )
    information_asset_owner = models.CharField(_("information asset owner"), max_length=200, blank=True)
    refresh_cycle = models.CharField(
        _("refreshed"), max_length=20, choices=[(cycle.code, cycle.label) for cycle in CYCLES], default="MONTHLY"
    )
    first_due_on = models.DateField(_("first refresh due"), null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("days allowed after it is due"), default=0)
    marking = MarkingField()
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)

    # Computed from the refreshes by `reckon`, and stored so that a list can be filtered and sorted by them.
    last_received_on = models.DateField(_("last received"), null=True, blank=True, editable=False)
    next_due_on = models.DateField(_("next refresh due"), null=True, blank=True, editable=False)
    late_from = models.DateField(_("late from"), null=True, blank=True, editable=False)

    objects = DatasetQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["reference"]
        indexes = [models.Index(fields=["programme", "late_from"], name="dataset_late")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_dataset_a_reference"),
            models.CheckConstraint(
                condition=models.Q(grace_days__lte=MOST_GRACE_DAYS), name="dataset_grace_at_most_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(next_due_on__isnull=True, late_from__isnull=True)
                | models.Q(late_from__gt=models.F("next_due_on")),
                name="dataset_late_after_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("datasharing:dataset", args=[self.programme.reference, self.reference])

    @property
    def is_personal(self) -> bool:
        return self.personal_data != self.PersonalData.NONE

    @property
    def is_special_category(self) -> bool:
        return self.personal_data in {self.PersonalData.SPECIAL_CATEGORY, self.PersonalData.SPECIAL_AND_CRIMINAL}

    @property
    def is_criminal(self) -> bool:
        return self.personal_data in {self.PersonalData.CRIMINAL, self.PersonalData.SPECIAL_AND_CRIMINAL}

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def is_late(self) -> bool:
        return not self.is_withdrawn and self.late_from is not None and self.late_from <= today()

    @property
    def days_late(self) -> int:
        """Days since the refresh was due, once the days allowed are over; 0 before."""
        return (today() - self.next_due_on).days if self.is_late else 0

    def reckon(self, last_received_on: date | None) -> None:
        """Work out when the next refresh is due, and from when it is late."""
        self.last_received_on = last_received_on
        due = self.due_after(last_received_on)
        self.next_due_on = due
        self.late_from = due + timedelta(days=self.grace_days + 1) if due else None

    def due_after(self, received_on: date | None) -> date | None:
        """When the refresh after the one received on that day is due. None is due before the day that was set."""
        cycle = BY_CODE[self.refresh_cycle]
        if received_on is None:
            return self.first_due_on if cycle.repeats or cycle.code == ONE_OFF else None
        due = cycle.next_after(received_on)
        return max(due, self.first_due_on or due) if due else None
