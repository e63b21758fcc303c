"""Who gets through to the decision log and the agreements. The records are made when an address first needs them."""

from typing import Any

from governance.actions import agreements
from governance.models import Agreement, AgreementVersion, Decision
from tests.conventions.routes import MANAGERS, SEEING, Arguments, Route, button, form, page
from tests.factories.agreements import make_agreement, make_open_version
from tests.factories.decisions import make_decision, make_proposal

DECIDERS = {"sro", "ao"}


def programme(scene: Any) -> dict[str, Any]:
    return {"reference": scene.cast.programme.reference}


def proposed(scene: Any) -> dict[str, Any]:
    found = Decision.objects.proposed().first() or make_proposal(scene.cast.programme, scene.cast.manager)
    return {**programme(scene), "number": found.reference}


def made(scene: Any) -> dict[str, Any]:
    cast = scene.cast
    found = Decision.objects.standing().first() or make_decision(cast.programme, cast.manager, cast.sro)
    return {**programme(scene), "number": found.reference}


def position(scene: Any) -> dict[str, Any]:
    return {**proposed(scene), "department": scene.cast.dwp.slug}


def draft(scene: Any) -> AgreementVersion:
    found = AgreementVersion.objects.filter(status="DRAFT").first()
    return found or make_agreement(scene.cast.programme, scene.cast.manager).current


def open_second(scene: Any) -> AgreementVersion:
    """A second version that waits for its signatures."""
    found = AgreementVersion.objects.open_for_signature().first()
    if found is None:
        by = scene.cast.manager
        first = make_open_version(scene.cast.programme, by)
        agreements.withdraw_version(first, by=by, reason="A figure was wrong")
        second = agreements.start_version(
            Agreement.objects.get(pk=first.agreement_id), by=by, change_summary="A figure"
        )
        found = agreements.open_for_signature(second, by=by)
    return found


def _of(version: AgreementVersion) -> dict[str, Any]:
    return {"reference": version.programme.reference, "number": version.agreement.reference}


def agreement(scene: Any) -> dict[str, Any]:
    return _of(open_second(scene))


def signing(scene: Any) -> dict[str, Any]:
    return {**_of(open_second(scene)), "department": scene.cast.mhclg.slug}


def version(which: Any) -> Arguments:
    def arguments(scene: Any) -> dict[str, Any]:
        found = which(scene)
        return {**_of(found), "version": found.number}

    return arguments


def clause(scene: Any) -> dict[str, Any]:
    return {**version(draft)(scene), "key": "disputes"}


ROUTES_OF_DECISIONS: dict[str, Route] = {
    "governance:decision-list": page(SEEING, programme),
    "governance:propose-decision": form(MANAGERS, programme),
    "governance:decision": page(SEEING, proposed),
    "governance:change-decision": form(MANAGERS, proposed),
    "governance:withdraw-decision": form(MANAGERS, proposed),
    "governance:make-decision": form(DECIDERS, proposed),
    "governance:supersede-decision": form(MANAGERS, made),
    "governance:position": form({*MANAGERS, "contributor"}, position),
    "governance:agreement-list": page(SEEING, programme),
    "governance:draft-agreement": form(MANAGERS, programme),
    "governance:agreement": page(SEEING, agreement),
    "governance:change-agreement": form(MANAGERS, agreement),
    "governance:end-agreement": form(MANAGERS, agreement),
    "governance:new-version": form(MANAGERS, agreement),
    "governance:sign-agreement": form({"ao"}, signing),
    "governance:agreement-version": page(SEEING, version(open_second)),
    "governance:agreement-text": page(SEEING, version(open_second)),
    "governance:agreement-pdf": page(SEEING, version(open_second)),
    "governance:agreement-differences": page(SEEING, version(open_second)),
    "governance:open-version": form(MANAGERS, version(draft)),
    "governance:withdraw-version": form(MANAGERS, version(draft)),
    "governance:change-clause": form(MANAGERS, clause),
    "governance:fill-in-clause": button(MANAGERS, clause),
}
