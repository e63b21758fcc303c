"""What the home page asks of each person, from the boardroom."""

from datetime import timedelta

from governance import attention
from tests.cast import Cast
from tests.factories.agreements import make_open_version
from tests.factories.decisions import make_proposal
from xgov.records.clock import today


def test_each_person_is_asked_for_what_only_they_can_do(cast: Cast) -> None:
    make_open_version(cast.programme, cast.manager)
    make_proposal(cast.programme, cast.manager, needed_by=today() - timedelta(days=2))
    assert [str(w.words) for w in attention.signatures(cast.ao)] == ["Sign Memorandum of understanding for MHCLG"]
    assert list(attention.signatures(cast.sro)) == []
    for person in (cast.sro, cast.ao):
        (waiting,) = attention.decisions(person)
        assert waiting.days_late == 2
    assert list(attention.decisions(cast.manager)) == []


def test_a_decision_without_a_day_is_asked_for_after_those_that_have_one(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(attention, "_MOST", 1)
    make_proposal(cast.programme, cast.manager, needed_by=None)
    late = make_proposal(cast.programme, cast.manager, needed_by=today() - timedelta(days=2))
    (waiting,) = attention.decisions(cast.sro)
    assert waiting.url == late.get_absolute_url()


def test_a_sensitive_decision_is_no_signal_to_a_viewer(cast: Cast) -> None:
    late = today() - timedelta(days=1)
    make_proposal(cast.programme, cast.manager, needed_by=late, marking="OFFICIAL_SENSITIVE")
    make_open_version(cast.programme, cast.manager, marking="OFFICIAL_SENSITIVE")
    ids = [cast.programme.pk]
    for signals in (attention.late_decisions, attention.missing_signatures):
        assert list(signals(cast.viewer, ids)) == []
        assert [signal.programme_id for signal in signals(cast.auditor, ids)] == ids
