"""Passwords: changed by the person, or set by a link sent to their address."""

from axes.utils import reset
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xgov.accounts import letters
from xgov.accounts.forms import ForgottenForm, NewPasswordForm, OwnPasswordForm


@require_http_methods(["GET", "POST"])
@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        letters.send_forgotten_link(form.cleaned_data["email"], site_of(request))
        return redirect("accounts:password-link-sent")
    return render(request, "accounts/forgotten.html", {"form": form})


@require_GET
@login_not_required
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_sent.html")


def site_of(request: HttpRequest) -> str:
    """The address of this service as the reader knows it, for links in letters."""
    return f"{request.scheme}://{request.get_host()}"


class SetByLink(PasswordResetConfirmView):
    form_class = NewPasswordForm
    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("accounts:sign-in")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        reset(username=self.user.email)  # who has the link need not wait for the guesses to be forgotten
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return super().form_valid(form)


class Change(PasswordChangeView):
    form_class = OwnPasswordForm
    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed. You are signed out everywhere else."))
        return super().form_valid(form)
