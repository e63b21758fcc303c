from datetime import timedelta
from itertools import count

from programmes.models import Programme
from risks.models import Assumption, Dependency, Issue
from risks.models.entries import Entry
from tests.factories.people import SETTING_THE_SCENE
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today

_numbers = count(1)


def make_issue(programme: Programme, kept_by: Department, owner: User, **fields) -> Issue:
    answers = {"what_happened": "Two shelters closed.", "effect": "Forty places are gone.", "severity": 3}
    return _make(Issue, programme, kept_by, owner, answers | fields)


def make_assumption(programme: Programme, kept_by: Department, owner: User, **fields) -> Assumption:
    answers = {"basis": "They always have.", "if_wrong": "No beds in spring.", "certainty": "MEDIUM"}
    return _make(Assumption, programme, kept_by, owner, answers | fields)


def make_dependency(programme: Programme, kept_by: Department, owner: User, **fields) -> Dependency:
    answers = {
        "direction": "IN", "what": "A daily file of dates.", "if_late": "People leave unseen.",
        "other_side": "Prisons of the north",
    }  # fmt: skip
    return _make(Dependency, programme, kept_by, owner, answers | fields)


def _make(kind: type[Entry], programme: Programme, kept_by: Department, owner: User, fields: dict) -> Entry:
    number = next(_numbers)
    fields.setdefault("reference", f"{kind.prefix}-{number:04}")
    fields.setdefault("title", f"Something else ({number})")
    fields.setdefault("due", today() + timedelta(days=30))
    with acting(SETTING_THE_SCENE):
        return kind.objects.create(programme=programme, kept_by=kept_by, owner=owner, **fields)
