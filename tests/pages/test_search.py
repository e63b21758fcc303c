"""Search over all floors: each finds what they may see elsewhere, and nothing else."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Pack
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.conventions.growing import Ground
from tests.factories import (
    make_appointment,
    make_assumption,
    make_board,
    make_dependency,
    make_issue,
    make_person,
    make_programme,
    make_risk,
    make_seat,
)
from tests.factories.agreements import make_agreement
from tests.factories.datasharing import make_assessment, make_dataset, make_flow, make_plan
from tests.factories.decisions import make_proposal
from xgov.access import standing
from xgov.accounts.models import User
from xgov.pages.search import LONGEST, MOST_WORDS, SHOWN, Search

SENSITIVE = "OFFICIAL_SENSITIVE"


def _page(person: User, text: str) -> HttpResponse:
    response = client_of(person).get(reverse("pages:search"), {"q": text})
    assert response.status_code == 200
    return response


def _titles(person: User, text: str) -> dict[str, list[str]]:
    with standing.remembering():
        return {group.kind.key: [found.title for found in group.found] for group in Search(person, text).groups}


def _one_of_each(cast: Cast, **more: str) -> Risk:
    """Each is named after lanterns, so that one word finds them all. Answers the risk."""
    name = "Lanterns for the night"
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, title=name, **more)
    for make in (make_issue, make_assumption, make_dependency):
        make(cast.programme, cast.dwp, cast.contributor, title=name, **more)
    make_proposal(cast.programme, cast.manager, question=name, **more)
    make_agreement(cast.programme, cast.manager, title=name, **more)
    make_flow(make_dataset(cast.programme, cast.dwp, name=name, **more), cast.mhclg)
    make_assessment(cast.programme, kept_by=cast.dwp, title=name, **more)
    return risk


INSIDE_A_PROGRAMME = {
    "risks", "issues", "assumptions", "dependencies", "decisions", "agreements", "datasets", "flows", "assessments",
}  # fmt: skip


@pytest.mark.parametrize("who", ["manager", "contributor", "viewer", "sro", "auditor", "centre"])
def test_who_sees_the_programme_finds_every_kind_of_its_records_by_a_word(cast: Cast, who: str) -> None:
    _one_of_each(cast)
    assert set(_titles(getattr(cast, who), "lanterns")) == INSIDE_A_PROGRAMME


@pytest.mark.parametrize("who", ["outsider", "platform", "administrator"])
def test_who_has_no_part_in_the_programme_finds_nothing_of_it(cast: Cast, who: str) -> None:
    reference = _one_of_each(cast).reference
    make_plan(cast.programme)
    make_seat(make_board(cast.programme, name="Lantern board"), cast.sro)
    person = getattr(cast, who)
    for text in ("lantern", "RS-001", reference, "rough", f"RS-001 {reference}", "RS-001/"):
        assert not _titles(person, text), text
    page = _page(person, "lanterns").content.decode()
    assert "Nothing you can see matches “lanterns”" in page
    assert "sleeping rough" not in page


@pytest.mark.parametrize(
    ("who", "finds"), [("viewer", False), ("contributor", False), ("centre", False), ("sro", True)]
)
def test_a_sensitive_record_is_found_by_those_alone_who_may_see_it_and_marks_the_page(
    cast: Cast, who: str, finds: bool
) -> None:
    reference = _one_of_each(cast, marking=SENSITIVE).reference
    person = getattr(cast, who)
    assert set(_titles(person, "lanterns")) == (INSIDE_A_PROGRAMME if finds else set())
    assert set(_titles(person, f"RS-001 {reference}")) == ({"risks"} if finds else set())
    page = _page(person, "lanterns").content.decode()
    assert ("OFFICIAL-SENSITIVE" in page) is finds
    assert ("Lanterns for the night" in page) is finds


def test_who_sits_on_a_board_alone_finds_the_board_and_its_packs_and_no_list_they_may_not_open(cast: Cast) -> None:
    member = make_person("member@dft.example", "Martha Member", cast.dft)
    board = make_board(cast.programme, name="Lantern board", short_name="LB")
    make_seat(board, member)
    for number in range(SHOWN + 1):
        make_proposal(cast.programme, cast.manager, question=f"Lantern {number}", board=board)
    make_proposal(cast.programme, cast.manager, question="Lantern of another board")
    assert set(_titles(member, "lantern")) == {"boards", "decisions"}
    page = _page(member, "lantern").content.decode()
    assert "another board" not in page
    assert f'"{reverse("governance:decision-list", args=["RS-001"])}?' not in page
    assert "1 more is not shown" in page


def test_a_reference_leads_to_the_very_record_before_those_that_only_speak_of_it(cast: Cast) -> None:
    first = make_risk(cast.programme, cast.dwp, cast.contributor, title="The very one")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="A child", cause=f"Follows from {first.reference}")
    make_issue(cast.programme, cast.dwp, cast.contributor, title=f"About {first.reference}")
    make_programme(cast.dft, reference="DT-001", name=f"A programme about {first.reference}")
    with standing.remembering():
        groups = Search(cast.centre, first.reference.lower()).groups
    assert [group.kind.key for group in groups] == ["risks", "programmes", "issues"]
    assert [found.title for found in groups[0].found] == ["The very one", "A child"]


def test_with_the_reference_of_its_programme_only_the_one_of_that_programme_is_found(cast: Cast) -> None:
    make_risk(cast.programme, cast.mhclg, cast.manager, title="Here", reference="R-0001")
    make_risk(
        make_programme(cast.mhclg, reference="RS-009"), cast.mhclg, cast.manager, title="There", reference="R-0001"
    )
    assert sorted(_titles(cast.centre, "R-0001")["risks"]) == ["Here", "There"]
    assert _titles(cast.centre, "rs-009 R-0001") == {"risks": ["There"]}
    assert set(_titles(cast.centre, "RS-009")) == {"programmes"}


def test_boards_and_packs_are_found_by_the_reference_that_stands_on_them(db: None) -> None:
    ground = Ground()
    pack = ground.pack
    assert Pack.objects.get(pk=pack.pk).reference == pack.reference
    with standing.remembering():
        [group] = Search(ground.cast.sro, pack.reference).groups
        of_the_board = Search(ground.cast.sro, ground.board.reference).groups
    assert [(found.reference, found.url) for found in group.found] == [(pack.reference, pack.get_absolute_url())]
    assert of_the_board[0].kind.key == "boards"


def test_people_are_found_where_they_are_shown_already(cast: Cast) -> None:
    make_appointment(cast.programme, cast.outsider, "programme_director")
    assert set(_titles(cast.viewer, "Oscar")) == {"appointments"}
    assert set(_titles(cast.outsider, "Oscar")) == {"appointments", "people"}
    assert _titles(cast.platform, "outsider@dft.example") == {"people": ["Oscar Outside"]}
    assert not _titles(cast.administrator, "Oscar")


def test_the_words_may_stand_in_different_fields_and_the_text_is_quoted_around_them(cast: Cast) -> None:
    make_risk(
        cast.programme, cast.dwp, cast.contributor, title="Beds open late", consequence=f"{'so ' * 60}people freeze"
    )
    [group] = Search(cast.manager, "BEDS  freeze").groups
    assert group.found[0].snippet.startswith("… ")
    assert group.found[0].snippet.endswith("people freeze")
    assert not _titles(cast.manager, "beds thaw")


@pytest.mark.parametrize(
    ("kind", "many"),
    [
        ("risks", 1),
        ("issues", 1),
        ("assumptions", 1),
        ("dependencies", 1),
        ("decisions", 1),
        ("datasets", 1),
        ("risks", 2),
    ],
)
def test_the_list_shows_all_that_was_found_of_a_kind(cast: Cast, kind: str, many: int) -> None:
    for _ in range(SHOWN + 2):
        _one_of_each(cast)
    if many == 2:
        make_risk(make_programme(cast.mhclg), cast.mhclg, cast.manager, title="More lanterns")
    page = _page(cast.manager, "lanterns")
    group = next(group for group in page.context["search"].groups if group.kind.key == kind)
    assert len(group.found) == SHOWN
    assert group.all_url.replace("&", "&amp;") in page.content.decode()
    shown = client_of(cast.manager).get(group.all_url).context["register"].count
    assert shown == group.total == SHOWN + 1 + many


def test_the_list_of_one_programme_is_not_asked_for_the_programmes_own_reference(cast: Cast) -> None:
    for _ in range(SHOWN + 1):
        make_risk(cast.programme, cast.mhclg, cast.manager, title="Lanterns")
    [group] = _page(cast.manager, "RS-001 lanterns").context["search"].groups
    assert group.all_url == f"{reverse('risks:list', args=['RS-001'])}?q=lanterns&status=ALL"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "as far as you can see them"),
        ("  ", "as far as you can see them"),
        ("\0", "as far as you can see them"),
        ("r", "Search for 2 characters or more"),
        ("r" * (LONGEST + 1), "Search for 200 characters or fewer"),
        ("%_'\"\\", "Nothing you can see matches"),
        (" ".join(f"word{n}" for n in range(MOST_WORDS + 1)), "Left out: word8"),
    ],
)
def test_what_cannot_be_searched_for_is_said_in_words(cast: Cast, text: str, words: str) -> None:
    page = _page(cast.manager, text)
    assert words in page.content.decode()
    assert not page.context["search"].groups


def test_a_page_that_is_not_there_offers_the_search(cast: Cast) -> None:
    page = client_of(cast.manager).get("/programmes/RS-001/risks/R-9999/")
    assert page.status_code == 404
    assert f'action="{reverse("pages:search")}"' in page.content.decode()


def test_six_of_everything_ask_no_more_questions_than_one(db: None) -> None:
    ground = Ground()
    client = client_of(ground.cast.manager)

    def asked() -> int:
        client.get("/search/?q=RS-001+e")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/search/?q=a").status_code == 200
            assert client.get("/search/", {"q": "RS-001 e"}).context["search"].total
        return len(queries)

    few = asked()
    for _ in range(5):
        ground.grow()
    assert asked() <= few
