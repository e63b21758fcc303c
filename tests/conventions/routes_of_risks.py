"""Who gets through to the risk register: a risk of the lead’s, one of a partner’s, a sensitive one and a draft."""

from typing import Any

from risks.models import Mitigation, Risk
from tests.cast import Cast
from tests.conventions.routes import EVERYONE, MANAGERS, SEEING, SEEING_SENSITIVE, Arguments, Route, button, form, page
from tests.factories import make_mitigation, make_risk

CONTRIBUTORS = MANAGERS | {"contributor"}


def register_of_the_scene(cast: Cast) -> None:
    leads = make_risk(cast.programme, cast.mhclg, cast.manager, reference="R-0001")
    make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0002")
    make_risk(cast.programme, cast.mhclg, cast.sro, reference="R-0003", marking="OFFICIAL_SENSITIVE")
    make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0004", status="DRAFT")
    make_mitigation(leads)


def _programme(scene: Any) -> dict[str, Any]:
    return {"reference": scene.cast.programme.reference}


def _risk(number: str) -> Arguments:
    return lambda scene: {**_programme(scene), "number": number}


def _mitigation(scene: Any) -> dict[str, Any]:
    mitigation = Mitigation.objects.get(risk=Risk.objects.get(reference="R-0001"))
    return {**_programme(scene), "number": "R-0001", "pk": mitigation.pk}


def _category(scene: Any) -> dict[str, Any]:
    return {**_programme(scene), "category": "LEGAL"}


LEADS, PARTNERS, SENSITIVE, DRAFT = (_risk(f"R-000{n}") for n in (1, 2, 3, 4))

ROUTES_OF_RISKS: dict[str, Route] = {
    "risks:all": page(EVERYONE),  # a list of what the person may see, empty for some
    "risks:list": page(SEEING, _programme),
    "risks:heat-map": page(SEEING, _programme),
    "risks:appetite": page(SEEING, _programme),
    "risks:change-appetite": form(MANAGERS, _category),
    "risks:add": form(CONTRIBUTORS, _programme),
    "risks:risk": page(SEEING_SENSITIVE, SENSITIVE),
    "risks:change": form(CONTRIBUTORS, PARTNERS),
    "risks:rescore": form(MANAGERS, LEADS),
    "risks:close": form(MANAGERS, SENSITIVE, seen_by=SEEING_SENSITIVE),
    "risks:reopen": form(CONTRIBUTORS, PARTNERS),
    "risks:open": button(CONTRIBUTORS, DRAFT),
    "risks:add-mitigation": form(MANAGERS, LEADS),
    "risks:change-mitigation": form(MANAGERS, _mitigation),
    "risks:finish-mitigation": form(MANAGERS, _mitigation),
    "risks:drop-mitigation": form(MANAGERS, _mitigation),
}
