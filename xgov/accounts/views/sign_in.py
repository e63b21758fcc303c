from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from xgov.accounts.forms import SignInForm
from xgov.accounts.sign_in_notices import notices


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"notices": notices}


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Whoever only opens the address is asked first: a link signs nobody out."""

    http_method_names = ("get", "head", "post", "options")

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("accounts:sign-in")
        return render(request, "accounts/sign_out.html")


def too_many_attempts(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """The answer to somebody who guessed a password too often, or where too many were guessed."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    from_here = getattr(request, "too_many_from_here", False)
    return render(request, "429.html", {"minutes": minutes, "from_here": from_here}, status=429)


def address_tried(request: HttpRequest | None, credentials: dict[str, str] | None) -> str:
    """The address that guesses are counted by: `Maya@…` and `maya@…` are one account."""
    given = (credentials or {}).get("username") or (request.POST.get("username") if request is not None else "") or ""
    return given.strip().lower()
