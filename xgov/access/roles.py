"""The roles, as data with words. The sentence stands on the page beside the permissions it describes.

Source: docs/decisions/0001-roles.md (22 November 2026), a local default, not government policy.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission

type_of_text = str | Promise

P = Permission


class HeldThrough(StrEnum):
    MEMBERSHIP = "membership"
    PROGRAMME = "programme"
    BOARD = "board"


@dataclass(frozen=True)
class Role:
    key: str
    label: type_of_text
    sentence: type_of_text
    held_through: HeldThrough
    permissions: frozenset[P]
    # what the same membership gives where the person's department is a partner, not the lead
    as_partner: frozenset[P] | None = None
    # what a membership gives at the person's own department
    at_department: frozenset[P] = frozenset({P.VIEW})
    # what a seat on a board gives in the board's programme
    at_programme: frozenset[P] = frozenset()
    # doors, by model label, at which the permissions hold without any grant: the centre and the platform
    everywhere: dict[str, frozenset[P]] = field(default_factory=dict)
    # the roles whose holders may give it: in their department, or in all where their own role reaches so far; what is
    # held in a programme or on a board is given by those who manage that
    given_by: frozenset[str] = frozenset()
    for_a_department: bool = False

    @property
    def ended_by(self) -> frozenset[str]:
        """Whoever gives it, and the platform administrator: a department may have no administrator left."""
        return self.given_by | _PLATFORM

    def permissions_as(self, *, lead: bool) -> frozenset[P]:
        return self.permissions if lead or self.as_partner is None else self.as_partner


_DEPARTMENT = frozenset({"department_administrator"})
_PLATFORM = frozenset({"platform_administrator"})

_SEE = frozenset({P.VIEW})
_SEE_ALL = frozenset({P.VIEW, P.VIEW_SENSITIVE})
_RUN = frozenset({P.VIEW, P.VIEW_SENSITIVE, P.CONTRIBUTE, P.MANAGE, P.ISSUE})

_MEMBERSHIP, _PROGRAMME, _BOARD = HeldThrough.MEMBERSHIP, HeldThrough.PROGRAMME, HeldThrough.BOARD

_ALL_ROLES = [
    Role(
        "viewer",
        _("Viewer"),
        _("Reads the programmes the department has joined."),
        _MEMBERSHIP,
        _SEE,
        given_by=_DEPARTMENT,
    ),
    Role(
        "contributor",
        _("Contributor"),
        _("Adds and updates the records of their own department in the programmes it has joined."),
        _MEMBERSHIP,
        _SEE | {P.CONTRIBUTE},
        given_by=_DEPARTMENT,
    ),
    Role(
        "programme_manager",
        _("Programme manager"),
        _(
            "Runs the programmes the department leads: set-up, registers, people and packs. In programmes the "
            "department has joined as a partner, changes its own records and accepts invitations for it."
        ),
        _MEMBERSHIP,
        _RUN,
        as_partner=_SEE_ALL | {P.CONTRIBUTE},
        # sets up programmes which the department will lead, and answers the invitations it receives
        at_department=_SEE_ALL | {P.MANAGE},
        given_by=_DEPARTMENT,
    ),
    Role(
        "signatory",
        _("Signatory"),
        _("Signs agreements for the department."),
        _MEMBERSHIP,
        _SEE | {P.SIGN},
        given_by=_DEPARTMENT,
    ),
    Role(
        "department_administrator",
        _("Department administrator"),
        _("Gives and ends roles in the department. Sees no programme by this role."),
        _MEMBERSHIP,
        frozenset(),
        at_department=frozenset({P.ADMINISTER}),
        given_by=_DEPARTMENT | _PLATFORM,
    ),
    Role(
        "internal_auditor",
        _("Internal auditor"),
        _("Reads everything, with its history, in the programmes the department has joined. Changes nothing."),
        _MEMBERSHIP,
        _SEE_ALL | {P.AUDIT},
        given_by=_DEPARTMENT,
    ),
    Role(
        "centre",
        _("Centre of government"),
        _("Reads all programmes, but not what is marked OFFICIAL-SENSITIVE."),
        _MEMBERSHIP,
        frozenset(),
        everywhere={"programmes.Programme": _SEE},
        given_by=_PLATFORM,
    ),
    Role(
        "platform_administrator",
        _("Platform administrator"),
        _("Looks after departments, their administrators and settings. Sees no programme by this role."),
        _MEMBERSHIP,
        frozenset(),
        at_department=frozenset(),
        everywhere={"accounts.Department": frozenset({P.ADMINISTER})},
        given_by=_PLATFORM,
    ),
    Role(
        "sro",
        _("Senior responsible owner (SRO)"),
        _("Answers for the programme: decides within their limit, changes any record and issues packs."),
        _PROGRAMME,
        _RUN | {P.DECIDE},
    ),
    Role(
        "lead_accounting_officer",
        _("Lead accounting officer"),
        _("Answers to Parliament for the programme's money: reads everything, signs and decides."),
        _PROGRAMME,
        _SEE_ALL | {P.SIGN, P.DECIDE},
        for_a_department=True,
    ),
    Role(
        "programme_director",
        _("Programme director"),
        _("Leads the programme day by day, with the rights of a programme manager of the lead department."),
        _PROGRAMME,
        _RUN,
    ),
    Role(
        "senior_sponsor",
        _("Senior sponsor"),
        _("Stands behind the programme in their own department and signs for it."),
        _PROGRAMME,
        _SEE_ALL | {P.SIGN},
        for_a_department=True,
    ),
    *(
        Role(
            key,
            label,
            _("Keeps the records of their own department in this programme."),
            _PROGRAMME,
            _SEE | {P.CONTRIBUTE},
            for_a_department=True,
        )
        for key, label in [
            ("finance_lead", _("Finance lead")),
            ("operational_lead", _("Operational lead")),
            ("data_lead", _("Data lead")),
        ]
    ),
    Role(
        "auditor",
        _("Auditor"),
        _("Reads everything in the programme, with its history, and exports it. Changes nothing."),
        _PROGRAMME,
        _SEE_ALL | {P.AUDIT},
    ),
    Role(
        "secretary",
        _("Board secretary"),
        _(
            "Prepares the board's meetings, papers and proposals and issues its packs. "
            "Reads the board's programme for that."
        ),
        _BOARD,
        frozenset({P.VIEW, P.ISSUE, P.MANAGE}),
        at_programme=_SEE,
    ),
    Role(
        "board_member",
        _("Board member"),
        _("Reads the board's packs and papers and records positions on decisions."),
        _BOARD,
        _SEE,
    ),
]

ROLES: dict[str, Role] = {role.key: role for role in _ALL_ROLES}


def role_choices(held_through: HeldThrough) -> list[tuple[str, type_of_text]]:
    return [(role.key, role.label) for role in _ALL_ROLES if role.held_through == held_through]
