"""Plain functions that put a record in the database, signed by nobody in particular. One module for each app."""

from tests.factories.entries import make_assumption, make_dependency, make_issue
from tests.factories.governance import make_board, make_seat
from tests.factories.people import make_department, make_department_name, make_membership, make_person
from tests.factories.programmes import make_appointment, make_party, make_programme
from tests.factories.risks import (
    make_acceptance,
    make_affected,
    make_appetite,
    make_control,
    make_mitigation,
    make_risk,
    make_risk_link,
    make_settings,
    make_settings_answer,
)

__all__ = [
    "make_acceptance",
    "make_affected",
    "make_appetite",
    "make_appointment",
    "make_assumption",
    "make_board",
    "make_control",
    "make_department",
    "make_department_name",
    "make_dependency",
    "make_issue",
    "make_membership",
    "make_mitigation",
    "make_party",
    "make_person",
    "make_programme",
    "make_risk",
    "make_risk_link",
    "make_seat",
    "make_settings",
    "make_settings_answer",
]
