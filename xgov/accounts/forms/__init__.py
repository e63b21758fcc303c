from xgov.accounts.forms.departments import CancelNameForm, RenameForm
from xgov.accounts.forms.memberships import EndRoleForm, GiveRoleForm
from xgov.accounts.forms.people import AddPersonForm, LetInForm, StopForm
from xgov.accounts.forms.sign_in import ForgottenForm, NewPasswordForm, OwnPasswordForm, SignInForm

__all__ = [
    "AddPersonForm",
    "CancelNameForm",
    "EndRoleForm",
    "ForgottenForm",
    "GiveRoleForm",
    "LetInForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "RenameForm",
    "SignInForm",
    "StopForm",
]
