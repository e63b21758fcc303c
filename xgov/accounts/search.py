"""Departments, which everybody may look up, and the people of those departments that a person belongs to."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xgov.accounts.models import Department, User
from xgov.pages.search import Kind, ListOfAll, findable


def people(person: User) -> QuerySet[User]:
    seen = User.objects.visible_to(person).filter(home_department__isnull=False)
    return seen.select_related("home_department")


def departments(person: User) -> QuerySet[Department]:
    """Their names are public: the list of departments is open to everybody who is signed in, and so is this."""
    return Department.objects.all()


findable(
    Kind(
        "people", gettext_lazy("People of departments"), order=84, seen_by=people, programme="",
        name="name", texts=("job_title",), also=("email",), state=lambda found: found.home_department.short_name,
        address=lambda found: reverse("accounts:person", args=[found.home_department.slug, found.pk]),
    )
)  # fmt: skip
findable(
    Kind(
        "departments", gettext_lazy("Departments"), order=90, seen_by=departments, programme="", name="name",
        also=("abbreviation",),
        state=lambda found: _("Closed") if found.is_closed else found.get_kind_display(),
        lists=ListOfAll(everywhere="accounts:department-list"),
    )
)  # fmt: skip
