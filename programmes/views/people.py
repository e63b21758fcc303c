from datetime import date
from itertools import pairwise

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.actions import appoint as appoint_person
from programmes.actions import end_appointment
from programmes.actions.parties import may_change_contribution
from programmes.forms import AppointmentForm, EndAppointmentForm
from programmes.models import Appointment, Programme
from programmes.models.appointments import ONE_AT_A_TIME
from programmes.views.pages import afterwards, programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.pages.forms import Check
from xgov.pages.values import day
from xgov.records.clock import today

_NEEDED = ("sro", "lead_accounting_officer")


@require_safe
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Which departments take part, and who holds which role, now, soon and before."""
    programme, context = programme_page(request, reference)
    appointments = sorted(
        programme.appointments.lasting().select_related("person", "department", "programme"),
        key=lambda each: (list(ROLES).index(each.role), each.since),
    )
    present = [each for each in appointments if not each.has_ended]
    held = {each.role for each in present if each.is_current}
    parties = sorted(programme.parties.all(), key=lambda party: (party.role != "LEAD", party.pk))
    context |= {
        "parties": parties,
        "may_change": {party.pk for party in parties if may_change_contribution(party, request.user)},
        "present": present,
        "past": [each for each in appointments if each not in present],
        "vacant": [ROLES[key] for key in _NEEDED if key not in held],
        "gaps": _gaps(appointments),
        "may_manage": Permission.MANAGE in context["programme_permissions"] and not programme.is_over,
    }
    return render(request, "programmes/people.html", context)


def _gaps(appointments: list[Appointment]) -> list[str]:
    """Two holders of a single role with days between them on which nobody holds it, in words."""
    found: list[tuple[Appointment, Appointment]] = []
    for role in ONE_AT_A_TIME:
        terms = sorted((each for each in appointments if each.role == role), key=lambda each: each.since)
        found += [(one, two) for one, two in pairwise(terms) if one.until and one.until < two.since]
    return [_gap_in_words(one, two) for one, two in found]


def _gap_in_words(one: Appointment, two: Appointment) -> str:
    """In the past, the present or the future, as it lies."""
    words = _("Nobody held the role %(role)s from %(first)s until %(last)s")
    if not one.has_ended:
        words = _("Nobody is to hold the role %(role)s from %(first)s until %(last)s")
    elif not two.has_begun:
        words = _("Nobody holds the role %(role)s since %(first)s, and nobody is to until %(last)s")
    return words % {"role": one.get_role_display(), "first": day(one.until), "last": day(two.since)}


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="people")
    rules.require(request.user, Permission.MANAGE, programme)
    initial = {"role": request.GET.get("role", ""), "department": programme.lead}
    form = AppointmentForm(request.POST or None, programme=Programme.objects.get(pk=programme.pk), initial=initial)
    back = afterwards(request, programme, "people")
    present = list(Appointment.objects.current().filter(programme=programme).select_related("person", "programme"))
    check = Check(request, form, *present)
    if form.is_valid() and check.carry_out(appoint_person, programme, by=request.user, **form.answers):
        words = _("%(person)s is appointed: %(role)s.")
        appointment = form.result
        said = {"person": appointment.person, "role": appointment.get_role_display()}
        messages.success(request, words % said)
        return redirect(back)
    context |= {"form": form, "check": check, "cancel": back}
    if not check.is_due:
        context |= {"heading": _("Appoint a person"), "action": _("Continue")}
        return render(request, "pages/form.html", context)
    context |= {
        "heading": _("Check the appointment"),
        "action": _("Appoint"),
        "consequences": _what_appointing_means(form, present),
    }
    return render(request, "pages/check.html", context)


def _what_appointing_means(form: AppointmentForm, present: list[Appointment]) -> list[str]:
    answers = form.cleaned_data
    since, role = answers["since"] or today(), ROLES[answers["role"]]
    told = {"person": answers["person"], "day": day(since), "role": role.label}
    words = [
        f"{role.label}: {role.sentence}",
        _("Everyone who sees the programme sees that %(person)s holds the role.") % told,
    ]
    if role.key in ONE_AT_A_TIME and (holder := next((held for held in present if held.role == role.key), None)):
        words.append(_until_when(holder, since))
    return words


def _until_when(holder: Appointment, since: date) -> str:
    """The day on which a successor takes over; or their own last, if the term ends before."""
    if holder.until is not None and holder.until < since:
        words = _("%(holder)s holds the role until %(until)s as it is, so nobody holds it from then until %(day)s.")
        return words % {"holder": holder.person, "until": day(holder.until), "day": day(since)}
    return _("%(holder)s no longer holds the role from %(day)s.") % {"holder": holder.person, "day": day(since)}


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    programme, context = programme_page(request, reference, active="people")
    appointments = Appointment.objects.select_related("person", "department").filter(programme=programme)
    appointment = rules.find(appointments, request.user, pk=pk)
    rules.require(request.user, Permission.MANAGE, appointment)
    form = EndAppointmentForm(request.POST or None)
    check = Check(request, form, appointment)
    if form.is_valid() and check.carry_out(end_appointment, appointment, by=request.user, **form.answers):
        ended = form.result
        words = _("%(person)s no longer holds the role %(role)s from %(day)s.")
        if ended.until == ended.since:
            words = _("%(person)s does not take up the role %(role)s.")
        said = {"person": ended.person, "role": ended.get_role_display(), "day": day(ended.until)}
        messages.success(request, words % said)
        return redirect("programmes:people", programme.reference)
    context |= {
        "form": form,
        "check": check,
        "caption": f"{appointment.get_role_display()}, {appointment.person}",
        "cancel": reverse("programmes:people", args=[programme.reference]),
    }
    if not check.is_due:
        context |= {"heading": _("End a role"), "intro": _held_in_words(appointment), "action": _("Continue")}
        return render(request, "pages/form.html", context)
    context |= {
        "heading": _("Check before the role ends"),
        "action": _("End role"),
        "danger": True,
        "consequences": _what_ending_means(appointment, form.cleaned_data["on"]),
    }
    return render(request, "pages/check.html", context)


def _held_in_words(appointment: Appointment) -> str:
    words = _("%(person)s has held it since %(since)s.")
    if not appointment.has_begun:
        words = _("%(person)s is to hold it from %(since)s.")
    return words % {"person": appointment.person, "since": day(appointment.since)}


def _what_ending_means(appointment: Appointment, on: date | None) -> list[str]:
    told = {"person": appointment.person, "day": day(on or today()), "since": day(appointment.since)}
    if not appointment.has_begun and (on or today()) <= appointment.since:
        return [
            _("%(person)s was to hold the role from %(since)s. They never take it up.") % told,
            _("Whoever was to hold it until then goes on."),
        ]
    words = [
        _("%(person)s no longer holds the role from %(day)s, nor sees or changes the programme by it.") % told,
        _("Roles that they hold elsewhere stay, and so does what they recorded."),
    ]
    if appointment.role in ONE_AT_A_TIME:
        words.append(_("Nobody holds the role from then on, until somebody is appointed."))
    return words
