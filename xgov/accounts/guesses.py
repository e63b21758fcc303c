"""How many guesses at passwords are let through: few at one account, more from one place.

django-axes counts them. Nobody is kept out by what others try from elsewhere: both counts are of the place.
"""

from ipaddress import ip_address

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class Guesses(AxesDatabaseHandler):
    """As axes counts, and whoever tries one account after another from one place has to wait too."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> int:
        request.too_many_from_here = _from_here(request) >= settings.XGOV_GUESSES_FROM_ONE_PLACE
        at_this_account = super().get_failures(request, credentials)
        return max(at_this_account, settings.AXES_FAILURE_LIMIT) if request.too_many_from_here else at_this_account


def _from_here(request: HttpRequest) -> int:
    if request.axes_ip_address is None:
        return 0
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    here = recent.filter(ip_address=request.axes_ip_address)
    return here.aggregate(number=Sum("failures_since_start"))["number"] or 0


def client_address(request: HttpRequest) -> str | None:
    """Where the person is. Behind proxies it is what the outermost of ours put into X-Forwarded-For.

    Each proxy adds the address that it was asked from at the end; whatever stands before those of ours, anybody may
    have written.
    """
    direct = request.META.get("REMOTE_ADDR") or None
    if not settings.XGOV_PROXIES:
        return direct
    passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-settings.XGOV_PROXIES :]
    return _address_in(passed_on[0]) or direct


def _address_in(text: str) -> str | None:
    """The address, without the port that some proxies add to it."""
    text = text.strip()
    for each in (text, text.rpartition(":")[0].strip("[]")):
        try:
            return str(ip_address(each))
        except ValueError:
            continue
    return None
