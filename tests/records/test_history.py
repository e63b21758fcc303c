"""No way past the history."""

import pytest
from django.db import Error

from programmes.models import Party, Programme
from tests.another_program import REFUSED, as_another_program, writing_over
from tests.cast import Cast
from xgov.records import protection
from xgov.records.acting import acting, system_signer
from xgov.records.editing import check_seen
from xgov.records.errors import ChangedMeanwhile, HistoryBypassed, NoSigner
from xgov.records.events import record_event
from xgov.records.models import Event


def test_a_change_that_nobody_signs_for_is_refused(cast: Cast) -> None:
    cast.programme.name = "Another name"
    with pytest.raises(NoSigner):
        cast.programme.save()


def test_a_change_is_signed_with_person_and_reason(cast: Cast) -> None:
    with acting(cast.sro, "A clearer name"):
        cast.programme.name = "Another name"
        cast.programme.save()
    newest = cast.programme.history.first()
    assert (newest.history_user, newest.history_signer, newest.history_change_reason) == (
        cast.sro, cast.sro.name, "A clearer name",
    )  # fmt: skip


def test_a_nightly_change_is_signed_with_the_name_of_the_check(cast: Cast) -> None:
    with acting(system_signer("Nightly check"), "It was due"):
        cast.programme.save()
    newest = cast.programme.history.first()
    assert (newest.history_user, newest.history_signer) == (None, "Nightly check")


@pytest.mark.parametrize(
    "write",
    [
        lambda p: Programme.objects.update(name="x"),
        lambda p: Programme.objects.filter(pk=p.pk).delete(),
        lambda p: Programme.objects.bulk_create([Programme(reference="X", name="x")]),
        lambda p: Programme.objects.bulk_update([p], ["name"]),
        lambda p: Programme._base_manager.update(name="x"),
        lambda p: p.parties.update(role="CORE"),
        lambda p: p.delete(),
    ],
)
def test_writes_that_would_leave_no_history_are_refused(cast: Cast, write) -> None:
    with pytest.raises(HistoryBypassed):
        write(cast.programme)


def test_many_records_made_at_once_leave_one_history_row_each(cast: Cast) -> None:
    with acting(cast.manager, "Import"):
        made = Programme.objects.create_many([Programme(reference=f"M-{n}", name=f"Many {n}") for n in range(3)])
        for programme in made:
            programme.name += " again"
        Programme.objects.save_many(made, ["name"])
    newest = made[0].history.first()
    assert [p.history.count() for p in made] == [2, 2, 2]
    assert (newest.name, newest.history_signer, newest.history_change_reason) == (
        "Many 0 again",
        cast.manager.name,
        "Import",
    )


def test_the_second_of_two_editors_is_told_who_changed_what(cast: Cast) -> None:
    seen = cast.programme.lock_version
    with acting(cast.sro):
        cast.programme.name = "Another name"
        cast.programme.save()
    with pytest.raises(ChangedMeanwhile) as told:
        check_seen(cast.programme, seen)
    assert told.value.by == cast.sro.name
    assert (told.value.before.name, told.value.after.name) == ("Fewer people sleeping rough", "Another name")


def test_an_event_is_never_changed(cast: Cast) -> None:
    event = record_event("signed_in", cast.sro)
    with pytest.raises(HistoryBypassed):
        event.save()
    with pytest.raises(HistoryBypassed):
        event.delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", [Event._meta.db_table, Party.history.model._meta.db_table])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", writing_over("{}")])
def test_the_database_itself_refuses_to_change_what_happened(table: str, statement: str) -> None:
    protection.protect([table])
    try:
        record_event("signed_in", None)
        with acting(system_signer("test")):
            programme = Programme.objects.create(reference="T-1", name="T")
            from tests.factories import make_department, make_party

            make_party(programme, make_department())
        with as_another_program() as cursor, pytest.raises(Error, match=REFUSED):
            cursor.execute(statement.format(table, table))
    finally:
        protection.unprotect([table])
