"""The first person of an installation, whom nobody else can let in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xgov.accounts.models import Department, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

ROLE = "platform_administrator"


@transaction.atomic
def let_first_administrator_in(email: str, name: str, department: str) -> User:
    """Make the first platform administrator, who lets in all others.

    `department` is a GOV.UK address such as `cabinet-office`. Only whoever can run commands on the server can do this,
    and only while nobody holds the role. Raises RuleBroken, and ValidationError for an address that is none.
    """
    if Membership.objects.current().filter(role=ROLE, person__is_active=True).exists():
        raise RuleBroken(_("Somebody is platform administrator already: ask them to let you in."))
    belongs_to = Department.objects.open().filter(slug=department).first()
    if belongs_to is None:
        raise RuleBroken(
            _("There is no open department “%(name)s”. Import the organisations first.") % {"name": department}
        )
    if User.objects.filter(email=email.strip().lower()).exists():
        raise RuleBroken(_("There is already a person with this address."))
    with acting(system_signer(_("Installation")), _("The first platform administrator")):
        person = User(email=email.strip().lower(), name=name.strip(), home_department=belongs_to)
        person.set_unusable_password()
        person.full_clean(exclude=["password"])
        person.save()
        Membership.objects.create(person=person, department=belongs_to, role=ROLE, since=today())
        groups_of(belongs_to)
        sync_person(person)
    return person


def in_one_line(wrong: ValidationError) -> str:
    return " ".join(wrong.messages)
