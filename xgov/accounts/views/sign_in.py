from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xgov.accounts.forms import SignInForm
from xgov.accounts.sign_in_notices import notices


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"notices": notices}


def too_many_attempts(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """The answer to somebody who guessed a password too often."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "429.html", {"minutes": minutes}, status=429)


def address_tried(request: HttpRequest | None, credentials: dict[str, str] | None) -> str:
    """The address that guesses are counted by: `Maya@…` and `maya@…` are one account."""
    given = (credentials or {}).get("username") or (request.POST.get("username") if request is not None else "") or ""
    return given.strip().lower()
