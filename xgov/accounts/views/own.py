from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xgov.accounts.parts import roles_held


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What the signed-in person is called, and which roles they hold and by whom."""
    return render(request, "accounts/account.html", {"roles": roles_held(request.user, request.user)})
