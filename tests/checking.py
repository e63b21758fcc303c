"""Answering as a person does where the answers are read again before they count."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def answer_and_confirm(client: Client, address: str, answers: dict[str, Any], **more: Any) -> HttpResponse:
    """The form, then the page that shows the answers. What the form refuses comes back as it is."""
    opened = client.get(address)
    if opened.status_code == 200 and opened.context and "check" in opened.context:
        answers = {"check-seen": opened.context["check"].seen, **answers}
    shown = client.post(address, answers)
    if shown.status_code != 200 or not shown.context["check"].is_due:
        return shown
    return confirm(client, address, shown, **more)


def confirm(client: Client, address: str, shown: HttpResponse, **more: Any) -> HttpResponse:
    """Press the button of the page that shows the answers."""
    return client.post(address, sent_along(shown) | {"check-confirmed": "1"}, **more)


def sent_along(shown: HttpResponse) -> dict[str, Any]:
    """What the page holds hidden."""
    check = shown.context["check"]
    carried: dict[str, Any] = {"check-seen": check.seen}
    if slip := shown.context.get("form_slip"):
        carried["form-slip"] = slip
    for name, value in check.carried:
        carried.setdefault(name, []).append(value)
    return carried
