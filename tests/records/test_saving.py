"""Two people, one record; many records, few statements; a change and its history, both or neither."""

from collections.abc import Callable

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from simple_history.signals import pre_create_historical_record

from programmes.models import Party, Programme, ProgrammeUserGrant
from tests.at_once import together
from tests.cast import Cast, assemble
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import grants
from xgov.pages.forms import RecordForm
from xgov.records.acting import acting
from xgov.records.errors import ChangedMeanwhile

MANY = 10_000


def as_read_twice(cast: Cast) -> tuple[Programme, Programme]:
    return Programme.objects.get(pk=cast.programme.pk), Programme.objects.get(pk=cast.programme.pk)


def test_the_second_who_saves_what_they_read_before_is_told_and_writes_over_nothing(cast: Cast) -> None:
    first, second = as_read_twice(cast)
    with acting(cast.sro):
        first.name = "What the first says"
        first.save()
    second.summary = "What the second says"
    with acting(cast.manager), pytest.raises(ChangedMeanwhile) as told, transaction.atomic():
        second.save()
    assert (told.value.by, told.value.after.name) == (cast.sro.name, "What the first says")
    kept = Programme.objects.get(pk=cast.programme.pk)
    assert (kept.name, kept.summary, kept.lock_version) == ("What the first says", "", first.lock_version)
    assert kept.history.count() == 2


def test_an_import_writes_over_nothing_that_was_changed_meanwhile(cast: Cast) -> None:
    first, second = as_read_twice(cast)
    other = Party.objects.first()
    with acting(cast.sro):
        first.name = "What a person says"
        first.save()
    second.name = "What the file says"
    with acting(SETTING_THE_SCENE), pytest.raises(ChangedMeanwhile):
        Programme.objects.save_many([second], ["name"])
    with acting(SETTING_THE_SCENE):
        assert Party.objects.save_many([other], ["contribution"]) == 1
    assert Programme.objects.get(pk=cast.programme.pk).name == "What a person says"


def test_ten_thousand_records_are_made_and_changed_in_few_statements(cast: Cast) -> None:
    with acting(cast.manager, "Import"), CaptureQueriesContext(connection) as making:
        made = Programme.objects.create_many(
            [Programme(reference=f"M-{number:05}", name=f"Many {number}") for number in range(MANY)]
        )
    for programme in made:
        programme.name += " again"
    with acting(cast.manager, "Import"), CaptureQueriesContext(connection) as changing:
        assert Programme.objects.save_many(made, ["name"]) == MANY
    # SQLite takes 999 values a statement, and PostgreSQL 500 rows
    assert max(len(making), len(changing)) < MANY / 10
    history = Programme.history.filter(history_change_reason="Import")
    assert (history.filter(history_type="+").count(), history.filter(history_type="~").count()) == (MANY, MANY)


@pytest.mark.django_db(transaction=True)
def test_a_change_whose_history_cannot_be_written_is_not_made() -> None:
    cast = assemble()

    def fail(**kwargs: object) -> None:
        raise OSError("the disk is full")

    cast.programme.name = "Unrecorded"
    pre_create_historical_record.connect(fail)
    try:
        with acting(cast.sro), pytest.raises(OSError, match="full"):
            cast.programme.save()
    finally:
        pre_create_historical_record.disconnect(fail)
    assert Programme.objects.get().name == "Fewer people sleeping rough"


class NameForm(RecordForm):
    class Meta:
        model = Programme
        fields = ["name", "marking"]


def test_what_is_typed_into_a_form_does_not_change_the_record_that_decides_who_may(cast: Cast) -> None:
    form = NameForm({"name": "Typed", "marking": "OFFICIAL_SENSITIVE", "seen_version": 0}, instance=cast.programme)
    assert form.is_valid(), form.errors
    assert form.answers["name"] == "Typed"
    assert (cast.programme.name, cast.programme.marking) == ("Fewer people sleeping rough", "OFFICIAL")


class TestAtOnce:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_of_two_who_save_at_once_one_is_told(self) -> None:
        cast = assemble()
        copies = as_read_twice(cast)

        def save(programme: Programme, name: str) -> Callable[[], None]:
            def work() -> None:
                with acting(cast.sro):
                    programme.name = name
                    programme.save()

            return work

        wrong = together(save(copies[0], "One"), save(copies[1], "Two"))
        assert [type(error) for error in wrong] == [ChangedMeanwhile]
        assert Programme.objects.get().history.count() == 2

    def test_grants_derived_at_once_are_there_once(self) -> None:
        cast = assemble()
        wanted = set(ProgrammeUserGrant.objects.values_list("user", "permission", "department"))
        models.QuerySet(ProgrammeUserGrant).all().delete()
        wrong = together(*(lambda: grants.sync(Programme.objects.get()) for _ in range(4)))
        assert wrong == []
        assert ProgrammeUserGrant.objects.count() == len(wanted)
        assert not grants.drift_at(cast.programme)

    def test_who_waits_for_the_lock_reads_what_the_first_has_left(self) -> None:
        cast = assemble()
        before = Programme.objects.get().lock_version

        def add_one() -> None:
            with transaction.atomic(), acting(cast.sro):
                programme = Programme.objects.select_for_update().get()
                programme.summary += "x"
                programme.save()

        assert together(*[add_one] * 5) == []
        kept = Programme.objects.get()
        assert (kept.summary, kept.lock_version) == ("xxxxx", before + 5)
