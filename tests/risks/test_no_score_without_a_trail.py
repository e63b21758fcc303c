"""No path writes a score without a trail: every verb and import, walked. A new one fails until it is walked too."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from itertools import pairwise
from types import ModuleType

import pytest

import risks
from risks import actions as a
from risks.actions import bringing, imports, matching
from risks.imports import guesses
from risks.imports.surroundings import Surroundings
from risks.models import Control, Issue, Mitigation, RegisterImport, Risk, RiskLink
from risks.scales import FIVE_BY_FIVE
from risks.score_guard import SCORE_COLUMNS, ScoredWithoutReason
from tests.cast import Cast
from tests.factories import make_acceptance, make_control, make_mitigation, make_risk, make_risk_link
from tests.factories.entries import make_issue
from tests.factories.escalations import make_escalation, make_party_appetite
from tests.factories.risks import unsaved_risk
from tests.risks.settings_terms import WEIGHTED
from tests.risks.spreadsheets.files import LETTERS, Copy, apply, bring, csv_of, exported, look
from xgov.demo import scale
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today

SOON = timedelta(days=20)


@dataclass
class Register:
    """A register with one of everything, and who does what in it."""

    cast: Cast
    risk: Risk
    other: Risk
    draft: Risk

    @property
    def seen(self) -> dict[int, int]:
        return {risk.pk: risk.lock_version for risk in Risk.objects.filter(pk__in=[self.risk.pk, self.other.pk])}

    def mitigation(self) -> Mitigation:
        return make_mitigation(self.risk)

    def control(self) -> Control:
        return make_control(self.risk)

    def link(self) -> RiskLink:
        return make_risk_link(self.risk, self.other, "CHILD_OF")

    def closed(self) -> Risk:
        return a.close_risk(self.risk, by=self.cast.manager, reason="It is over.")

    def answers(self) -> dict:
        return {
            "title": "A new one", "cause": "So.", "event": "Perhaps.", "consequence": "Then.", "category": "LEGAL",
            "owner": self.cast.manager, "kept_by": self.cast.mhclg, "response": "TREAT", "inherent": (5, 5),
            "residual": (4, 4), "target": (2, 2),
        }  # fmt: skip

    def proposed(self):
        return a.propose_settings(self.cast.programme, WEIGHTED, by=self.cast.manager, why="Impact weighs more.")

    def answer_for_all(self) -> None:
        proposed = self.proposed()
        self.partners_leave()
        a.answer_settings(proposed, self.cast.mhclg, by=self.cast.sro, answer="AGREED")

    def bring_into_force(self) -> None:
        proposed = a.answer_settings(self.proposed(), self.cast.mhclg, by=self.cast.sro, answer="AGREED")
        self.partners_leave()
        a.bring_settings_into_force(proposed, by=self.cast.manager)

    def partners_leave(self) -> None:
        for party in self.cast.programme.parties.accepted().exclude(department=self.cast.mhclg):
            party.status = "WITHDRAWN"
            party.withdrawn_on = today()
            with acting(system_signer("test"), "Left"):
                party.save()

    def issue(self) -> Issue:
        return make_issue(self.cast.programme, self.cast.mhclg, self.cast.manager)

    def closed_issue(self) -> Issue:
        return a.close_entry(self.issue(), by=self.cast.manager, outcome=Issue.Outcome.values[0], reason="It is over.")

    def bring_copy_back(self) -> None:
        """This register's own copy, with one score changed and one risk added."""
        copy = Copy(exported(self.cast))
        copy[self.risk.reference, "Residual impact"] = 5
        copy[self.risk.reference, "Reason for the change"] = "Two offices closed."
        apply(look(bring(self.cast, copy.data)))

    def bring_foreign(self) -> RegisterImport:
        """A log with letters for scores, matched as is suggested; and a copy of it that has not been applied."""
        brought = self.brought()
        outline = bringing.outline_of(brought)
        columns = guesses.columns(outline)
        meant = guesses.words(outline, columns, Surroundings(self.cast.programme))
        matching.match_columns(
            brought, by=brought.brought_by, columns=columns, words=meant, category="LEGAL", kept_by=self.cast.mhclg
        )
        brought.refresh_from_db()
        apply(look(brought))
        assert Risk.objects.count() == 5
        return self.brought()

    def brought(self) -> RegisterImport:
        return bring(self.cast, csv_of(LETTERS), "log.csv")


# These take a person to know what may be done or seen, and write nothing.
WRITES_NOTHING = {
    "may", "may_share", "may_mark", "plan_for", "plan_of", "wanted", "held", "signed", "ask_for_register",
    "take_out_register",
}  # fmt: skip

DO: dict[str, Callable[[Register, dict], object]] = {
    "accept_risk": lambda r, m: a.accept_risk(r.risk, by=r.cast.sro, expires_on=today() + SOON, why="So be it."),
    "acknowledge": lambda r, m: a.acknowledge(make_escalation(r.risk), by=r.cast.sro),
    "close_escalation": lambda r, m: a.close_escalation(make_escalation(r.risk), by=r.cast.sro, reason="No longer."),
    "escalate": lambda r, m: a.escalate(
        r.risk, **m, to_level="SRO", trigger="FUNDING_NEEDED", reason="It is not funded.", ask="Find the money."
    ),
    "escalate_all": lambda r, m: (make_party_appetite(r.cast.programme, r.cast.mhclg, 2), a.escalate_all()),
    "respond": lambda r, m: a.respond(make_escalation(r.risk), by=r.cast.sro, response="Go on."),
    "return_escalation": lambda r, m: a.return_escalation(make_escalation(r.risk), by=r.cast.sro, reason="Yours."),
    "set_department_appetite": lambda r, m: a.set_department_appetite(
        r.cast.mhclg, "OPERATIONS", by=r.cast.administrator, level="AVERSE", agreed_by="The department’s board",
        agreed_on=today(), review_due=today() + SOON,
    ),
    "add_entry": lambda r, m: make_issue(r.cast.programme, r.cast.mhclg, r.cast.manager),
    "change_entry": lambda r, m: a.change_entry(r.issue(), **m, title="Another"),
    "close_entry": lambda r, m: r.closed_issue(),
    "reopen_entry": lambda r, m: a.reopen_entry(r.closed_issue(), **m, reason="Not over."),
    "issue_from": lambda r, m: a.close_risk(r.risk, **m, reason="It came true.", has_happened=True),
    "bring_register": lambda r, m: r.brought(),
    "open_up": lambda r, m: bringing.open_up(
        bringing.bring_register(
            r.cast.programme, **m, name="r.xlsx", data=exported(r.cast), kept_by=r.cast.mhclg, is_opened_later=True
        ), **m
    ),
    "match_columns": lambda r, m: r.bring_foreign(),
    "match_words": lambda r, m: matching.match_words(r.bring_foreign(), **m, words={"residual_impact": {"H": "1"}}),
    "look": lambda r, m: look(bring(r.cast, exported(r.cast))),
    "ask_to_apply": lambda r, m: r.bring_copy_back(),
    "apply_register": lambda r, m: r.bring_copy_back(),
    "write": lambda r, m: r.bring_copy_back(),
    "put_aside": lambda r, m: imports.put_aside(r.brought(), **m),
    "add_control": lambda r, m: a.add_control(r.risk, **m, text="It.", type="DETECTIVE", line="FIRST",
        owner=r.cast.manager, department=r.cast.mhclg),
    "add_mitigation": lambda r, m: a.add_mitigation(r.risk, **m, text="Do it.", owner=r.cast.manager,
        department=r.cast.mhclg, due=today() + SOON),
    "add_risk": lambda r, m: a.add_risk(r.cast.programme, **m, **r.answers()),
    "answer_settings": lambda r, m: r.answer_for_all(),
    "bring_settings_into_force": lambda r, m: r.bring_into_force(),
    "change_control": lambda r, m: a.change_control(r.control(), **m, text="Another."),
    "change_mitigation": lambda r, m: a.change_mitigation(r.mitigation(), **m, text="Another."),
    "change_risk": lambda r, m: a.change_risk(r.risk, **m, title="Another title"),
    "check_control": lambda r, m: a.check_control(r.control(), **m, effectiveness="WEAK", checked_by="Us"),
    "close_risk": lambda r, m: r.closed(),
    "close_risks": lambda r, m: a.close_risks(r.seen, **m, reason="All over."),
    "drop_mitigation": lambda r, m: a.drop_mitigation(r.mitigation(), **m, reason="No longer."),
    "end_control": lambda r, m: a.end_control(r.control(), **m, reason="No longer."),
    "end_expired": lambda r, m: (make_acceptance(r.risk, r.cast.sro, days=-1, accepted_on=today() - SOON),
        a.end_expired()),
    "finish_mitigation": lambda r, m: a.finish_mitigation(r.mitigation(), **m),
    "keep_from_above": lambda r, m: a.keep_from_above(a.share_upwards(r.link(), **m), **m, reason="No longer."),
    "link_risks": lambda r, m: a.link_risks(r.risk, r.other, **m, kind="CAUSES"),
    "open_risk": lambda r, m: a.open_risk(r.draft, **m),
    "propose_settings": lambda r, m: r.proposed(),
    "reassign_risks": lambda r, m: a.reassign_risks(r.seen, **m, reason="All hers.", owner=r.cast.sro),
    "reopen_risk": lambda r, m: a.reopen_risk(r.closed(), **m, reason="Not over."),
    "rescore_risk": lambda r, m: a.rescore_risk(r.risk, **m, reason="Worse.", residual=(5, 5), target=None),
    "rescore_risks": lambda r, m: a.rescore_risks(r.seen, **m, reason="All worse.", residual=(5, 5)),
    "review_risks": lambda r, m: a.review_risks(r.seen, **m, reason="Looked at."),
    "say_what_is_affected": lambda r, m: a.say_what_is_affected(r.risk, **m, departments=[r.cast.dwp]),
    "set_appetite": lambda r, m: a.set_appetite(r.cast.programme, "OPERATIONS", **m, level="AVERSE",
        agreed_by="The board", agreed_on=today(), review_due=today() + SOON),
    "share_upwards": lambda r, m: a.share_upwards(r.link(), **m),
    "unlink_risks": lambda r, m: a.unlink_risks(r.link(), **m),
    "withdraw_acceptance": lambda r, m: a.withdraw_acceptance(make_acceptance(r.risk, r.cast.sro), by=r.cast.sro,
        reason="No longer."),
    "withdraw_settings": lambda r, m: a.withdraw_settings(r.proposed(), **m, reason="No longer."),
}  # fmt: skip


def modules() -> Iterator[ModuleType]:
    """The verbs, and whatever reads risks out of a file."""
    for package in ("actions", "imports"):
        if not any(found.name == package for found in pkgutil.iter_modules(risks.__path__)):
            continue
        module = import_module(f"risks.{package}")
        yield module
        for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
            yield import_module(f"risks.{package}.{found.name}")


def verbs() -> set[str]:
    """Every function there that somebody signs for, and every one that the package offers."""
    found = set(a.__all__)
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_its_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_its_own and "by" in inspect.signature(function).parameters:
                found.add(name)
    return found


@pytest.fixture
def register(cast: Cast) -> Register:
    risk, other = (make_risk(cast.programme, cast.mhclg, cast.manager) for _each in range(2))
    return Register(cast, risk, other, make_risk(cast.programme, cast.mhclg, cast.manager, status="DRAFT"))


def assert_every_score_has_a_trail() -> None:
    for risk in Risk.objects.all():
        rows = list(risk.history.order_by("history_id").values(*SCORE_COLUMNS, "history_change_reason"))
        assert rows, "a risk without a history"
        assert {name: rows[-1][name] for name in SCORE_COLUMNS} == {n: getattr(risk, n) for n in SCORE_COLUMNS}
        blank = dict.fromkeys(SCORE_COLUMNS)
        for before, after in pairwise([blank, *rows]):
            if any((before[name] or None) != (after[name] or None) for name in SCORE_COLUMNS if name != "scale"):
                assert (after["history_change_reason"] or "").strip(), f"{risk} was scored and nobody said why"


def test_every_verb_and_import_is_walked() -> None:
    assert verbs() - set(DO) - WRITES_NOTHING == set(), (
        "say in DO how each new verb is done, so that its scores are looked at"
    )


@pytest.mark.parametrize("verb", list(DO))
def test_no_verb_writes_a_score_without_a_trail(register: Register, verb: str) -> None:
    DO[verb](register, {"by": register.cast.manager})
    assert_every_score_has_a_trail()


def test_the_demonstration_at_scale_writes_no_score_without_a_trail(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(scale, "PROGRAMMES_EACH", 1)
    monkeypatch.setattr(scale, "RISKS_EACH", 3)
    scale.make_more(1)
    assert_every_score_has_a_trail()


def silent() -> AbstractContextManager:
    return acting(system_signer("A path that gives no reason"))


def test_a_score_is_not_saved_in_silence(register: Register) -> None:
    risk = register.risk
    risk.residual = FIVE_BY_FIVE.score(5, 5)
    for fields in (None, ["residual_score"], ["residual_likelihood", "title"]):
        with silent(), pytest.raises(ScoredWithoutReason):
            risk.save(update_fields=fields)
    with silent(), pytest.raises(ScoredWithoutReason):
        Risk.objects.save_many([risk], ["residual_score"])
    assert Risk.objects.get(pk=risk.pk).residual_score == 9


def test_a_new_risk_is_not_scored_in_silence(cast: Cast) -> None:
    risk = unsaved_risk(cast.programme, cast.mhclg, cast.manager)
    with silent(), pytest.raises(ScoredWithoutReason):
        risk.save()
    with silent(), pytest.raises(ScoredWithoutReason):
        Risk.objects.create_many([risk])
    assert not Risk.objects.exists()


def test_a_record_made_up_over_a_stored_one_does_not_pass(register: Register) -> None:
    """What is in memory may lie: the stored row decides."""
    values = {field.attname: getattr(register.risk, field.attname) for field in Risk._meta.concrete_fields}
    forged = Risk(**{**values, "residual_score": 25, "residual_impact": 5, "residual_likelihood": 5})
    with silent(), pytest.raises(ScoredWithoutReason):
        forged.save()


def test_what_is_no_score_may_change_without_a_reason(register: Register) -> None:
    register.risk.title = "Another title"
    with silent():
        register.risk.save()
        Risk.objects.save_many([register.risk], ["title"])
    assert Risk.objects.get(pk=register.risk.pk).title == "Another title"


def test_a_reason_of_blanks_is_no_reason(register: Register) -> None:
    register.risk.residual = replace(register.risk.residual, value=10, impact=5, likelihood=2)
    with acting(system_signer("test"), "  "), pytest.raises(ScoredWithoutReason):
        register.risk.save()
