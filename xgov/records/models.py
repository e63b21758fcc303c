"""What every governed record keeps, and the one table of events that are not changes of a row."""

from typing import Any, ClassVar, NoReturn

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from xgov.access.memory import forget
from xgov.records.acting import current_signer
from xgov.records.clock import now
from xgov.records.editing import check_seen
from xgov.records.errors import HistoryBypassed
from xgov.records.fixed import FixedOnce, FixedWith, refuse_if_fixed
from xgov.records.history import GovernedHistory
from xgov.records.querysets import GovernedQuerySet


class GovernedModel(models.Model):
    """A record that stands behind a door, is signed for at each change and keeps its history for ever."""

    governed: ClassVar[bool] = True
    door: ClassVar[str | None] = None  # the path of foreign keys to a Programme, Board or Department; "self" on doors
    keeper: ClassVar[str | None] = None  # the path to the department whose people may change the record
    windows: ClassVar[tuple[str, ...]] = ()  # further doors from which the record is seen, not touched
    windows_show_history: ClassVar[bool] = True  # False: who sees it through a window alone sees it as it is now
    windows_open_while: ClassVar[tuple[str, tuple[str, ...]] | None] = None  # a field, its values; None: always open
    readers: ClassVar[str | None] = None  # the look-up to people who always see the record
    ends: ClassVar[tuple[str, ...]] = ()  # records it ties to its own: seen only by those who may see all of them
    not_in_history: ClassVar[tuple[str, ...]] = ()
    is_news: ClassVar[bool] = True  # False: it follows from another change, so that the hall does not tell of it
    fixed: ClassVar[FixedOnce | FixedWith | None] = None  # from when on the row is never changed

    created_at = models.DateTimeField(_("recorded at"), default=now, editable=False)
    updated_at = models.DateTimeField(_("last changed at"), default=now, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    history = GovernedHistory()
    objects = GovernedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_permissions = ()

    def still_tells(self, kind: str) -> bool:
        """Whether a notice of this kind about the record is still true. What is not does not go out by mail."""
        return True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row and its history are one change: both are written, or neither."""
        current_signer()
        refuse_if_fixed(self)
        if not self._state.adding:
            self.lock_version += 1
            self.updated_at = now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "lock_version", "updated_at"}
        with transaction.atomic(using=kwargs.get("using"), savepoint=False):
            super().save(*args, **kwargs)
        if self.door == "self":
            forget()  # its marking decides on what stands behind it

    def _do_update(self, base_qs: models.QuerySet, *args: Any) -> bool:
        """Only over the version that this one was read as: what somebody saved since is never lost without a word."""
        if self._state.adding:
            return super()._do_update(base_qs, *args)
        read_as = self.lock_version - 1
        if super()._do_update(base_qs.filter(lock_version=read_as), *args):
            return True
        check_seen(type(self)._base_manager.get(pk=self.pk), read_as)
        return False

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryBypassed("A governed record is never deleted: close or end it by an action.")


class Event(models.Model):
    """Something that happened and is not the change of one row: a pack issued, an export taken, a sign-in refused.

    No foreign keys: what is told must not change when the things it tells of do.
    """

    at = models.DateTimeField(_("when"), default=now, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(_("who"), max_length=200, blank=True)
    door_model = models.CharField(max_length=100, blank=True)
    door_id = models.BigIntegerField(null=True)
    subject_model = models.CharField(max_length=100, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=300, blank=True)
    words = models.TextField(_("what"), blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["door_model", "door_id", "-at", "-id"], name="event_by_door"),
            models.Index(fields=["kind", "-at"], name="event_by_kind"),
        ]

    def __str__(self) -> str:
        return self.words or self.kind

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryBypassed("An event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryBypassed("An event is never deleted.")
