"""Filters that somebody has given a name, to come back to the same list."""

from datetime import timedelta
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xgov.records.clock import now

_REMEMBERED = timedelta(days=8)  # longer than a form may be open


class SavedFilterQuerySet(models.QuerySet):
    def of_person(self, person: models.Model) -> Self:
        return self.filter(person=person)

    def at(self, path: str) -> Self:
        return self.filter(path=path)


class SavedFilter(models.Model):
    """One list as one person likes to see it: its address without what only a moment needs."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=60)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=1500, blank=True)
    list_words = models.CharField(_("list"), max_length=250)
    saved_at = models.DateTimeField(default=now, editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["path", "name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "path", "name"], name="one_saved_filter_a_name_and_list")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


class MadeByFormQuerySet(models.QuerySet):
    def claim(self, key: str) -> tuple["MadeByForm", bool]:
        """The row of this key, and whether it is new. Rows of yesterday's forms are cleared away."""
        self.filter(made_at__lt=now() - _REMEMBERED).delete()
        return self.get_or_create(key=key)


class MadeByForm(models.Model):
    """What a form has made or changed: whoever sends the same answers on it again is led to the same record."""

    key = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100, blank=True)
    record_id = models.BigIntegerField(null=True)
    left_at_version = models.PositiveIntegerField(null=True)  # of a record that was changed
    made_at = models.DateTimeField(default=now, db_index=True)

    objects = MadeByFormQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.label} {self.record_id}"

    @property
    def outcome(self) -> models.Model | None:
        """What was made, whatever became of it; what was changed, while nobody has changed it since."""
        record = apps.get_model(self.label)._base_manager.get(pk=self.record_id)
        return record if self.left_at_version in (None, record.lock_version) else None

    def keep(self, record: models.Model, *, is_new: bool) -> None:
        self.label, self.record_id = record._meta.label, record.pk
        self.left_at_version = None if is_new else record.lock_version
        self.save()
