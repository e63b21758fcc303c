"""What the files of the lists hold."""

from django.utils.translation import gettext_lazy as _

from xgov.accounts.models import Department, User
from xgov.pages.registers import Column


def taken_over_by(department: Department) -> str:
    """The bodies that took over, by name; reads what was prefetched."""
    return ", ".join(str(link.successor) for link in department.successor_links.all())


def part_of(department: Department) -> str:
    return ", ".join(str(link.parent) for link in department.parent_links.all() if link.until is None)


DEPARTMENT_COLUMNS = [
    Column("name", _("Department"), file_label="name"),
    Column("abbreviation", _("Abbreviation"), file_label="abbreviation"),
    Column("kind", _("Kind"), value="get_kind_display", file_label="kind"),
    Column("part_of", _("Part of"), value=part_of, file_label="part_of"),
    Column("is_closed", _("Closed"), file_label="closed"),
    Column("closed_on", _("Closed on"), file_label="closed_on"),
    Column("taken_over_by", _("Taken over by"), value=taken_over_by, file_label="taken_over_by"),
    Column("slug", _("GOV.UK address"), file_label="slug"),
    Column("content_id", _("GOV.UK identifier"), file_label="content_id"),
]


def roles_in_words(person: User) -> str:
    return "; ".join(f"{role.get_role_display()} from {role.since:%Y-%m-%d}" for role in person.roles_here)


PEOPLE_COLUMNS = [
    Column("name", _("Person"), file_label="name"),
    Column("email", _("Email address"), file_label="email"),
    Column("job_title", _("Job title"), file_label="job_title"),
    Column("roles", _("Roles here"), value=roles_in_words, file_label="roles"),
    Column("is_active", _("May sign in"), file_label="may_sign_in"),
]
