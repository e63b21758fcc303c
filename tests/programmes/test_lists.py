"""The list of programmes and its files."""

from programmes.models import ConfidenceRating, Programme
from tests.cast import Cast, client_of
from tests.factories import make_programme
from tests.factories.people import SETTING_THE_SCENE
from xgov.records.acting import acting


def test_the_list_shows_each_person_their_programmes(cast: Cast) -> None:
    make_programme(cast.dft, name="Safer crossings")
    assert "Safer crossings" not in client_of(cast.manager).get("/programmes/").content.decode()
    shown = client_of(cast.outsider).get("/programmes/").content.decode()
    assert "Safer crossings" in shown
    assert "Fewer people sleeping rough" not in shown
    assert "Department for Work" not in shown  # the filter names no department of programmes one may not see


def test_the_list_is_narrowed_by_department_status_confidence_and_words(cast: Cast) -> None:
    other = make_programme(cast.dwp, (cast.mhclg,), name="Warm homes", status=Programme.Status.DELIVERING)
    client = client_of(cast.manager)

    def names(query: str) -> set[str]:
        rows = client.get(f"/programmes/?{query}").context["register"].rows
        return {row.record.name for row in rows}

    both = {"Fewer people sleeping rough", "Warm homes"}
    assert names("") == both
    assert names(f"department={cast.mhclg.pk}") == both
    assert names(f"department={cast.mhclg.pk}&part=LEAD") == {"Fewer people sleeping rough"}
    assert names(f"department={cast.moj.pk}") == {"Fewer people sleeping rough"}
    assert names("status=DELIVERING") == {"Warm homes"}
    assert names("q=warm") == {"Warm homes"}
    with acting(SETTING_THE_SCENE):
        ConfidenceRating.objects.create(programme=other, kind="SRO", rating="RED", rated_on="2026-10-01")
    assert names("confidence=RED") == {"Warm homes"}
    assert names("confidence=PINK&department=drop") == both


def test_the_list_leaves_as_csv_with_the_reason_of_a_withheld_figure(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.whole_life_cost_state = "WITHHELD"
        cast.programme.whole_life_cost_reason, cast.programme.whole_life_cost_section = "Contracts", "43"
        cast.programme.save()
    answer = client_of(cast.manager).get("/programmes/?format=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "RS-001,Fewer people sleeping rough" in text
    assert "Withheld,43,Contracts" in text
    assert client_of(cast.manager).get("/programmes/?format=xlsx").status_code == 200


def test_more_programmes_ask_no_more_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for _number in range(6):
        make_programme(cast.mhclg, (cast.dwp,))
    client = client_of(cast.manager)
    with django_assert_max_num_queries(15):
        client.get("/programmes/")
