from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.concerns import concerns, latest_by_kind
from programmes.forms import TOPICS
from programmes.models import Appointment, Programme
from programmes.readiness import readiness_of
from programmes.tags import rating_tag
from programmes.views.pages import afterwards, programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.attention import signals_in


@require_safe
def programme(request: HttpRequest, reference: str) -> HttpResponse:
    """The overview: is it all right, what needs attention, who, how much, until when."""
    programme, context = programme_page(request, reference)
    readiness = readiness_of(programme)
    people = programme.in_post()
    ratings = list(programme.confidence_ratings.all()[:20])
    context |= {
        "record": programme,
        "concerns": concerns(programme, readiness, people, ratings),
        "signals": signals_in(request.user, [programme.pk])[programme.pk],
        "readiness": readiness,
        "clear_answers": sum(each.is_clear for each in readiness),
        "parties": sorted(programme.parties.all(), key=lambda party: (party.role != "LEAD", party.pk)),
        "people": _key_people(people),
        "ratings": [(rating, rating_tag(rating.rating, rating.section)) for rating in latest_by_kind(ratings).values()],
        "published_return": programme.published_returns.first(),
        "is_set_up": programme.status in {"IDEA", "SCREENING", "SETTING_UP"},
        "change": _change_addresses(programme, context),
    }
    return render(request, "programmes/programme.html", context)


_KEY_ROLES = ("sro", "lead_accounting_officer", "programme_director")


def _key_people(people: list[Appointment]) -> list[Appointment]:
    return sorted((each for each in people if each.role in _KEY_ROLES), key=lambda each: _KEY_ROLES.index(each.role))


def _change_addresses(programme: Programme, context: dict[str, Any]) -> dict[str, str]:
    """Where each Change link of the page goes; nothing for people who may not."""
    if Permission.MANAGE not in context["programme_permissions"] or programme.is_over:
        return {}
    pages = {key.replace("-", "_"): reverse(f"programmes:{key}", args=[programme.reference]) for key in TOPICS}
    pages["model"] = reverse("programmes:choose-model", args=[programme.reference])
    pages["status"] = reverse("programmes:status", args=[programme.reference])
    return pages


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, topic: str) -> HttpResponse:
    """One part of what the programme says of itself, on one page."""
    programme, context = programme_page(request, reference)
    rules.require(request.user, Permission.MANAGE, programme)
    topic = TOPICS[topic]
    form = topic.form(request.POST or None, instance=Programme.objects.get(pk=programme.pk))
    back = afterwards(request, programme, "programme")
    if form.is_valid() and form.carry_out(
        form.action, programme, by=request.user, seen_version=form.seen_version, **form.said
    ):
        messages.success(request, topic.done)
        return redirect(back)
    context |= {"form": form, "heading": topic.heading, "action": _("Save"), "cancel": back}
    return render(request, "pages/form.html", context)
