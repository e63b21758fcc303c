"""What a board is told of the data since its last pack."""

from datetime import timedelta

from programmes.changes import changes_since
from tests.cast import Cast
from tests.factories.datasharing import make_dataset
from xgov.accounts.models import User
from xgov.papers.sections import Brief
from xgov.records.clock import now, today


def told(cast: Cast, reader: User | None = None) -> list[str]:
    brief = Brief([cast.programme], None, now() - timedelta(days=30), now(), reader or cast.sro)
    return [each for each in changes_since(cast.programme, [], brief) if "late" in each]


def test_a_refresh_that_became_late_since_the_last_pack_is_told_and_one_late_before_is_not(cast: Cast) -> None:
    make_dataset(cast.programme, cast.dwp, name="Overdue for long", first_due_on=today() - timedelta(days=60))
    make_dataset(cast.programme, cast.dwp, name="In time", first_due_on=today() + timedelta(days=6))
    make_dataset(cast.programme, cast.dwp, name="Prison leavers", first_due_on=today() - timedelta(days=9))
    (sentence,) = told(cast)
    assert "Prison leavers became late: it was due on" in sentence


def test_who_may_not_see_a_sensitive_dataset_is_not_told_of_it(cast: Cast) -> None:
    due = today() - timedelta(days=9)
    make_dataset(cast.programme, cast.dwp, first_due_on=due, marking="OFFICIAL_SENSITIVE")
    assert len(told(cast)) == 1
    assert told(cast, cast.viewer) == []
