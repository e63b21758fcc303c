"""The only writers of people, departments and the roles that people hold in them."""

from xgov.accounts.actions.departments import cancel_name, rename_department, take_up_names
from xgov.accounts.actions.memberships import end_role, give_role
from xgov.accounts.actions.people import add_person, let_person_in, set_password, stop_person

__all__ = [
    "add_person",
    "cancel_name",
    "end_role",
    "give_role",
    "let_person_in",
    "rename_department",
    "set_password",
    "stop_person",
    "take_up_names",
]
