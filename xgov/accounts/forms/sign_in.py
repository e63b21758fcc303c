from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from xgov.accounts import actions
from xgov.accounts.models import User
from xgov.pages.forms import GovukManners, PlainForm


class SignInForm(GovukManners, AuthenticationForm):
    error_messages = {
        "invalid_login": _("The email address or the password is wrong."),
        "inactive": _("This account may no longer sign in."),
    }


class ForgottenForm(PlainForm):
    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class NewPasswordForm(GovukManners, SetPasswordForm):
    """Set by the link that was sent to the person's address."""

    reason = _("Set by a link sent to the person's address")
    error_messages = {"password_mismatch": _("The two passwords are not the same.")}

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password1"]
        return actions.set_password(self.user, password, by=self.user, reason=str(self.reason))


class OwnPasswordForm(NewPasswordForm, PasswordChangeForm):
    """Changed by the person who is signed in."""

    reason = _("Changed by the person")
    error_messages: dict[str, Any] = {
        **NewPasswordForm.error_messages,
        "password_incorrect": _("Your present password is wrong."),
    }
