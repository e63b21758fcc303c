from datetime import date
from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import F, Model, Q
from django.db.models.functions import Lower

from xgov.records.clock import today
from xgov.records.querysets import GovernedQuerySet


class PeopleQuerySet(GovernedQuerySet):
    def of_department(self, department: Model) -> Self:
        """Those who belong to it, and those who hold a role in it today or are to hold one."""
        holders = self.model._meta.get_field("memberships").related_model.objects.present_or_coming()
        holders = holders.filter(department=department).values("person")
        return self.filter(Q(home_department=department) | Q(pk__in=holders))


class PeopleManager(BaseUserManager.from_queryset(PeopleQuerySet)):
    use_in_migrations = False

    def create_user(self, email: str, name: str, password: str | None = None, **fields: object) -> "object":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "object":
        return self.get(email=(email or "").lower())


class DepartmentQuerySet(GovernedQuerySet):
    def with_alphabet(self) -> Self:
        """With the name to sort by: databases differ on capitals, readers do not expect them to matter."""
        return self.annotate(alphabetical=Lower("name"))

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True, is_closed=False)

    def departments_of_state(self) -> Self:
        """Ministerial and non-ministerial departments: the bodies that usually join programmes."""
        return self.filter(kind__in=["MINISTERIAL_DEPARTMENT", "NON_MINISTERIAL_DEPARTMENT"])


class DatedQuerySet(GovernedQuerySet):
    """Rows that hold from `since` on, and no longer from `until` on: a role ended today is gone today."""

    def current(self, day: date | None = None) -> Self:
        day = day or today()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))

    def present_or_coming(self) -> Self:
        """Those that hold today, and those that are to begin."""
        return self.overlapping(today(), None)

    def lasting(self) -> Self:
        """Without those that were cancelled before they began, and so hold on no day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=F("since")))

    def overlapping(self, since: date, until: date | None) -> Self:
        """Those that share a day with this term."""
        sharing = self.lasting().filter(Q(until__isnull=True) | Q(until__gt=since))
        return sharing.filter(since__lt=until) if until else sharing
