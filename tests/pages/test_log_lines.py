"""The log keeps its tracebacks for the faults that are ours."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from tests.cast import Cast, client_of


def fails(request):
    raise ZeroDivisionError("Nothing to divide by")


urlpatterns = [path("fails/", fails)]
handler500 = "xgov.pages.errors.broken"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What stands on the terminal, as the settings have it."""
    written = io.StringIO()
    said = settings.LOGGING["formatters"]["plain"]
    formatter = logging.config.BaseConfigurator({}).resolve(said["()"])(said["format"], style=said["style"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_what_somebody_may_not_see_or_do_is_one_line(cast: Cast, log: io.StringIO) -> None:
    client = client_of(cast.contributor)
    assert client.get("/programmes/XX-999/").status_code == 404
    assert client.get("/programmes/RS-001/decisions/propose/").status_code == 403
    assert Client(headers={"host": "elsewhere.example"}).get("/").status_code == 400
    lines = log.getvalue().splitlines()
    assert len(lines) == 3
    assert "Not Found: /programmes/XX-999/" in lines[0]
    assert "Forbidden" in lines[1]
    assert "elsewhere.example" in lines[2]


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_of_ours_keeps_its_traceback(cast: Cast, log: io.StringIO) -> None:
    assert Client(raise_request_exception=False).get("/fails/").status_code in {302, 500}
    client = client_of(cast.manager)
    client.raise_request_exception = False
    assert client.get("/fails/").status_code == 500
    assert "ZeroDivisionError: Nothing to divide by" in log.getvalue()
    assert "Traceback" in log.getvalue()
