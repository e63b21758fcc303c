from datetime import date, timedelta
from itertools import count

from programmes.models import Programme
from risks import terms_data
from risks.models import (
    Acceptance,
    AffectedDepartment,
    AffectedThing,
    Appetite,
    Control,
    Mitigation,
    RegisterSettings,
    Risk,
    RiskLink,
    SettingsAgreement,
)
from risks.register_terms import DEFAULT_TERMS, Terms
from risks.scales import FIVE_BY_FIVE
from tests.factories.people import SETTING_THE_SCENE
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import now, today

_numbers = count(1)


def unsaved_risk(programme: Programme, kept_by: Department, owner: User, **fields) -> Risk:
    """`inherent`, `residual` and `target` are pairs of likelihood and impact."""
    number = next(_numbers)
    fields.setdefault("reference", f"R-{number:04}")
    fields.setdefault("title", f"Something may go wrong ({number})")
    fields.setdefault("category", "OPERATIONS")
    fields.setdefault("response", Risk.Response.TREAT)
    for name in ("cause", "event", "consequence"):
        fields.setdefault(name, f"The {name}.")
    pairs = {"inherent": (4, 4), "residual": (3, 3), "target": (2, 2)}
    scores = {name: FIVE_BY_FIVE.score(*fields.pop(name, pair)) for name, pair in pairs.items()}
    fields.setdefault("review_due", today() + timedelta(days=30))
    risk = Risk(programme=programme, kept_by=kept_by, owner=owner, **fields)
    for name, score in scores.items():
        setattr(risk, name, score)
    return risk


def make_risk(programme: Programme, kept_by: Department, owner: User, **fields) -> Risk:
    risk = unsaved_risk(programme, kept_by, owner, **fields)
    if risk.has_ended:
        risk.closed_at, risk.closed_by, risk.closing_reason = now(), owner, "It cannot happen any more."
    with acting(SETTING_THE_SCENE):
        risk.save()
    return risk


def make_appetite(programme: Programme, category: str = "OPERATIONS", limit: int = 9, **fields) -> Appetite:
    fields.setdefault("level", "CAUTIOUS")
    fields.setdefault("tolerance_score", limit)
    fields.setdefault("agreed_by", "Programme board")
    fields.setdefault("agreed_on", today())
    fields.setdefault("review_due", today() + timedelta(days=365))
    with acting(SETTING_THE_SCENE):
        return Appetite.objects.create(programme=programme, category=category, max_residual_score=limit, **fields)


def make_mitigation(risk: Risk, due: date | None = None, **fields) -> Mitigation:
    fields.setdefault("text", "Do something about it.")
    fields.setdefault("owner", risk.owner)
    fields.setdefault("department", risk.kept_by)
    with acting(SETTING_THE_SCENE):
        return Mitigation.objects.create(
            programme=risk.programme, risk=risk, due=due or today() + timedelta(days=14), **fields
        )


def make_control(risk: Risk, **fields) -> Control:
    fields.setdefault("text", "Count the free places each evening.")
    fields.setdefault("type", "DETECTIVE")
    fields.setdefault("line", "FIRST")
    fields.setdefault("owner", risk.owner)
    fields.setdefault("department", risk.kept_by)
    with acting(SETTING_THE_SCENE):
        return Control.objects.create(programme=risk.programme, risk=risk, **fields)


def make_acceptance(risk: Risk, authority: User, *, days: int = 30, **fields) -> Acceptance:
    """In force for so many more days; the risk says so too."""
    fields.setdefault("up_to_score", risk.residual_score)
    fields.setdefault("why", "There is nothing more to be done before the winter.")
    fields.setdefault("expires_on", today() + timedelta(days=days))
    with acting(SETTING_THE_SCENE):
        acceptance = Acceptance.objects.create(
            programme=risk.programme, risk=risk, accepted_by=authority, accepted_as="Senior responsible owner", **fields
        )
        risk.accepted_up_to, risk.accepted_until = acceptance.up_to_score, acceptance.expires_on
        risk.accepted_level = "SRO"
        risk.save()
    return acceptance


def make_affected(risk: Risk, department: Department, objective: str = "Move-on within 56 days") -> None:
    with acting(SETTING_THE_SCENE):
        AffectedDepartment.objects.create(programme=risk.programme, risk=risk, department=department)
        AffectedThing.objects.create(programme=risk.programme, risk=risk, kind="OBJECTIVE", name=objective)


def make_risk_link(risk: Risk, other: Risk, kind: str = "RELATED", **fields) -> RiskLink:
    with acting(SETTING_THE_SCENE):
        return RiskLink.objects.create(programme=risk.programme, risk=risk, other=other, kind=kind, **fields)


def make_settings(programme: Programme, by: User, terms: Terms = DEFAULT_TERMS, **fields) -> RegisterSettings:
    """In force unless another status is asked for."""
    fields.setdefault("status", RegisterSettings.Status.IN_FORCE)
    fields.setdefault("since", now() if fields["status"] == RegisterSettings.Status.IN_FORCE else None)
    fields.setdefault("version", RegisterSettings.objects.filter(programme=programme).count() + 1)
    with acting(SETTING_THE_SCENE):
        return RegisterSettings.objects.create(
            programme=programme, proposed_by=by, scale=terms.scale.key, terms=terms_data.as_data(terms), why="Why.",
            **fields,
        )  # fmt: skip


def make_settings_answer(settings: RegisterSettings, department: Department, person: User, **fields):
    fields.setdefault("answer", SettingsAgreement.Answer.AGREED)
    with acting(SETTING_THE_SCENE):
        return SettingsAgreement.objects.create(
            programme=settings.programme, settings=settings, department=department, person=person, **fields
        )
