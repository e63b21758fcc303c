"""The lists of departments and of a department's people."""

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from xgov.access.roles import HeldThrough, role_choices
from xgov.accounts.exports import DEPARTMENT_COLUMNS, PEOPLE_COLUMNS
from xgov.accounts.models import Department, DepartmentParent, Membership, Succession, User
from xgov.pages.registers import Column, Register


class DepartmentFilters(FilterSet):
    state = ChoiceFilter(
        label=_("Open or closed"),
        choices=[("open", _("Open")), ("closed", _("Closed"))],
        method="in_state",
        empty_label=_("All"),
    )
    kind = ChoiceFilter(label=_("Kind"), choices=Department.Kind.choices, empty_label=_("All"))

    class Meta:
        model = Department
        fields: list[str] = []

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_closed=value == "closed")


DEPARTMENTS = Register(
    key="departments",
    columns=[
        Column("name", _("Department"), link=True, sort=("alphabetical",)),
        Column("abbreviation", _("Abbreviation"), sort=("abbreviation", "alphabetical")),
        Column("kind", _("Kind"), value="get_kind_display", sort=("kind", "alphabetical")),
        Column("state", _("Open or closed"), sort=("is_closed", "alphabetical"), template="accounts/cells/state.html"),
    ],
    file_columns=DEPARTMENT_COLUMNS,
    search=("name", "abbreviation"),
    search_label=_("Name or abbreviation"),
    filterset=DepartmentFilters,
    default_sort="state",
    prefetch_related=(
        Prefetch("successor_links", queryset=Succession.objects.select_related("successor")),
        Prefetch("parent_links", queryset=DepartmentParent.objects.select_related("parent")),
    ),
    empty_title=_("No departments yet"),
    empty_text=_("They are read from the GOV.UK organisations API: manage.py import_organisations FILE."),
)


class PeopleFilters(FilterSet):
    role = ChoiceFilter(
        label=_("Role"), choices=role_choices(HeldThrough.MEMBERSHIP), method="holding", empty_label=_("Any")
    )
    account = ChoiceFilter(
        label=_("Account"),
        choices=[("open", _("May sign in")), ("stopped", _("May no longer sign in"))],
        method="in_state",
        empty_label=_("All"),
    )

    class Meta:
        model = User
        fields: list[str] = []

    def holding(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        slug = self.request.resolver_match.kwargs["slug"]
        holders = Membership.objects.present_or_coming().filter(role=value, department__slug=slug)
        return queryset.filter(pk__in=holders.values("person"))

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_active=value == "open")


def _page_of(person: User) -> str:
    return reverse("accounts:person", args=[person.listed_in, person.pk])


PEOPLE = Register(
    key="people",
    columns=[
        Column("name", _("Person"), link=True, sort=("name",), address=_page_of),
        Column("job_title", _("Job title"), sort=("job_title", "name")),
        Column("email", _("Email address"), sort=("email",), template="accounts/cells/email.html"),
        Column("roles", _("Roles here"), value="roles_here", template="accounts/cells/roles.html"),
    ],
    file_columns=PEOPLE_COLUMNS,
    search=("name", "email", "job_title"),
    search_label=_("Name, address or job title"),
    filterset=PeopleFilters,
    default_sort="name",
    empty_title=_("Nobody has an account here yet"),
    empty_text=_("Add the first person; a link to set the password is sent to their address."),
)
