import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from xgov.accounts.models import Department
from xgov.accounts.organisation_file import OrganisationFacts, mended, read_organisations
from xgov.papers.importing import BadFile

API = "https://www.gov.uk/api/organisations/"


def entry(slug: str, **changes: Any) -> dict[str, Any]:
    details = {
        "slug": slug,
        "abbreviation": None,
        "closed_at": None,
        "govuk_status": "live",
        "govuk_closed_status": None,
    }
    details |= changes.pop("details", {})
    return {
        "id": API + slug,
        "title": slug.replace("-", " ").title(),
        "format": "Executive agency",
        "details": details,
    } | changes


def written(path: Path, document: object) -> Path:
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def test_a_body_is_read_with_its_dates_as_they_are_in_london(tmp_path: Path) -> None:
    given = entry(
        "rail-board",
        title=" Rail  Boardâ\x80\x99s Office ",
        format="Executive non-departmental public body",
        updated_at="2025-07-30T14:24:11Z",
        parent_organisations=[{"id": API + "department-for-transport"}, {"id": API + "rail-board"}],
        superseding_organisations=[{"web_url": "https://www.gov.uk/government/organisations/great-rail"}],
        details={
            "abbreviation": "RB\t", "closed_at": "2022-04-13T00:00:00.000+01:00", "govuk_status": "closed",
            "govuk_closed_status": "replaced", "content_id": "4dfe21ee-acfa-4fc1-9513-cc764e814205",
        },
    )  # fmt: skip
    (body,), notes = read_organisations(written(tmp_path / "o.json", {"results": [given]}))
    assert body == OrganisationFacts(
        slug="rail-board",
        title="Rail Board’s Office",
        title_as_given=" Rail  Boardâ\x80\x99s Office ",
        content_id=UUID("4dfe21ee-acfa-4fc1-9513-cc764e814205"),
        abbreviation="RB",
        kind=Department.Kind.EXECUTIVE_NDPB,
        kind_as_given="Executive non-departmental public body",
        status_as_given="closed",
        is_closed=True,
        closed_on=date(2022, 4, 13),
        closed_reason="replaced",
        updated_at=datetime(2025, 7, 30, 14, 24, 11, tzinfo=UTC),
        parents=("department-for-transport",),
        successors=("great-rail",),
    )
    assert body.not_said == frozenset()
    assert notes == ["1 name with a broken encoding was mended."]


@pytest.mark.parametrize(
    "shape",
    [
        lambda entries: {"results": entries, "total": 2, "pages": 1},
        lambda entries: entries,
        lambda entries: [{"results": entries[:1]}, {"results": entries[1:]}],
    ],
)
def test_the_same_publication_may_come_in_other_shapes(tmp_path: Path, shape: Any) -> None:
    path = written(
        tmp_path / "o.json", shape([entry("a-body"), {"title": "B", "web_url": "https://www.gov.uk/x/b-body/"}])
    )
    bodies, notes = read_organisations(path)
    assert [(body.slug, body.title, body.kind) for body in bodies] == [
        ("a-body", "A Body", Department.Kind.EXECUTIVE_AGENCY),
        ("b-body", "B", Department.Kind.OTHER),
    ]
    assert notes == []
    assert {"abbreviation", "is_closed", "parents", "updated_at"} <= bodies[1].not_said


def test_one_page_of_many_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "o.json", {"results": [entry("a-body")], "total": 1254})
    assert read_organisations(path)[1] == ["The file holds 1 of 1,254 organisations."]


def test_what_is_not_of_its_kind_is_kept_in_words(tmp_path: Path) -> None:
    details = {"closed_at": "spring 2024", "content_id": "none"}
    odd = entry("a-body", format="Space agency", updated_at="yesterday", details=details)
    (body,), _notes = read_organisations(written(tmp_path / "o.json", [odd]))
    assert (body.kind, body.kind_as_given, body.closed_on, body.content_id) == (
        Department.Kind.OTHER,
        "Space agency",
        None,
        None,
    )
    assert len(body.kept_as_text) == 4
    assert "A Body: the closing date “spring 2024” is not a date." in body.kept_as_text


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "is empty"),
        ("Project Name,Department\nA,B\n", "is not JSON"),
        ("{", "is not JSON"),
        ([], "is JSON, but not a list of GOV.UK organisations"),
        ({"results": []}, "is JSON, but not a list"),
        ({"features": [1]}, "is JSON, but not a list"),
        ([1, 2], "is JSON, but not a list"),
        ([{"name": "x"}], "is JSON, but not a list"),
        ([entry("a-body"), entry("a-body")], "“A Body” (a-body) has the same slug as “A Body” (a-body)"),
        ([entry("a-body", title=" ")], "organisation 1 (a-body) has no title"),
        ([entry("a-body", title="x" * 301)], "has a title of more than 300 characters"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_one_sentence(tmp_path: Path, document: object, words: str) -> None:
    path = written(tmp_path / "o.json", document)
    with pytest.raises(BadFile) as refused:
        read_organisations(path)
    assert words in str(refused.value)
    assert str(refused.value).startswith(f"{path}: ")


def test_names_whose_encoding_was_broken_once_are_mended_and_others_left_alone() -> None:
    assert mended("Victoria ClimbiÃ© Inquiry") == "Victoria Climbié Inquiry"
    assert mended("Citizensâ€™ Rights") == "Citizens’ Rights"
    assert mended("Château Ã") == "Château Ã"
    assert mended("Café") == "Café"


@pytest.mark.parametrize("slug", ["rail board", "büro", "a.b"])
def test_a_body_whose_address_is_none_is_refused_by_name(tmp_path: Path, slug: str) -> None:
    with pytest.raises(BadFile, match="for an address"):
        read_organisations(written(tmp_path / "file.json", [entry("rail-board"), entry(slug)]))


def test_signs_that_nobody_can_see_are_taken_out_of_names_and_counted(tmp_path: Path) -> None:
    entries = [entry("one", title="Rail\u202e Board"), entry("two", title="Road\x07 Board"), entry("three")]
    bodies, notes = read_organisations(written(tmp_path / "o.json", entries))
    assert [body.title for body in bodies][:2] == ["Rail Board", "Road Board"]
    assert notes == ["Signs that cannot be seen were taken out of 2 organisations."]


def test_half_a_character_is_refused_with_what_stands_before_it(tmp_path: Path) -> None:
    text = json.dumps([entry("rail-board", title="Rail Board X")]).replace("Board X", "Board \\ud800")
    with pytest.raises(BadFile, match=r"half a character after .*Rail Board"):
        read_organisations(written(tmp_path / "file.json", text))
