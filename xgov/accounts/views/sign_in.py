from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_attempts(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """The answer to somebody who guessed a password too often."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "429.html", {"minutes": minutes}, status=429)
