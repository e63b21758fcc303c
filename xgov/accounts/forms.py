from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from xgov.pages.forms import GovukManners


class SignInForm(GovukManners, AuthenticationForm):
    error_messages = {
        "invalid_login": _("The email address or the password is wrong."),
        "inactive": _("This account may no longer sign in."),
    }
