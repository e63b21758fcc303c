from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from governance.actions.signing import AlreadySigned, TextChanged, does_not_sign, sign
from governance.forms.agreements import SignForm
from governance.memorandum_facts import moved_on
from governance.models import Agreement, AgreementVersion, Signature
from governance.views.agreements import agreement_page, form_methods
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.errors import RuleBroken


@form_methods
def sign_agreement(request: HttpRequest, reference: str, number: str, department: str) -> HttpResponse:
    """Read the whole text, check the answers, sign. What is signed is the text on the page, known by its hash."""
    agreement, context = agreement_page(request, reference, number)
    version = _version_to_sign(agreement)
    place = next((row for row in version.signatures_in_order if row.department.slug == department), None)
    if place is None:
        raise Http404
    rules.require(request.user, Permission.SIGN, place)
    if place.is_signed:
        messages.info(request, _already(place))
        return redirect(agreement)
    if version.is_open and not place.must_sign:
        messages.warning(request, does_not_sign(place))
        return redirect(agreement)
    form = SignForm(request.POST or None, initial={"sha256": version.sha256, "post": _post_of(request.user, place)})
    if request.method == "POST" and _signs(request, form, version, place):
        return redirect(agreement)
    if not version.is_open:
        messages.warning(request, _("There is nothing to sign at present: no text is open for signature."))
        return redirect(agreement)
    context |= {
        "form": form,
        "version": version,
        "place": place,
        "clauses": version.clauses_in_order,
        "moved_on": moved_on(version),
    }
    return render(request, "governance/agreements/sign.html", context)


def _version_to_sign(agreement: Agreement) -> AgreementVersion:
    """The text that is open; else the newest that was, so that a person in an old tab is told what became of it."""
    opened = [version for version in agreement.versions_newest_first if version.signatures_in_order]
    return next((version for version in opened if version.is_open), opened[0] if opened else agreement.current)


def _signs(request: HttpRequest, form: SignForm, version: AgreementVersion, place: Signature) -> bool:
    """Whether it is signed now. If not, the form says why and keeps what was typed."""
    if not form.is_valid():
        if form.data.get("sha256") != version.sha256:
            form.show_text(version)
        return False
    try:
        sign(version, place.department, by=request.user, **form.answers)
    except AlreadySigned as already:
        messages.info(request, already.message)
        return True
    except TextChanged as changed:
        form.add_error(None, str(changed.message))
        form.show_text(version)
        return False
    except RuleBroken as broken:
        form.add_rule_broken(broken)
        return False
    messages.success(request, _("You have signed for %(department)s.") % {"department": place.department})
    return True


def _already(place: Signature) -> str:
    return _("%(person)s has already signed this text for %(department)s.") % {
        "person": place.person_name,
        "department": place.department,
    }


def _post_of(person: User, place: Signature) -> str:
    """The post by which they hold the right to sign, else their job title."""
    held = person.appointments.current().filter(programme_id=place.programme_id, department_id=place.department_id)
    return next((appointment.post for appointment in held if appointment.post), person.job_title)
