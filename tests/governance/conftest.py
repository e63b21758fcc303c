"""A small shelf of sections, so that the tests of packs do not hang on what the other rooms say."""

from typing import Any

import pytest

from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_board
from tests.papers.example_pack import WORDS
from xgov.jobs.running import do_here
from xgov.papers import sections
from xgov.papers.sections import Brief, section

ORDER = ["programmes.summary", "risks.above_appetite"]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Two sections: fixed words, and the open risks that the reader may see."""
    offered: dict[str, Any] = {}
    monkeypatch.setattr(sections, "_shelf", offered)

    @section("programmes.summary", title="SRO summary", template="papers/sections/sro_summary.html", order=1)
    def summary(brief: Brief) -> dict[str, Any]:
        return WORDS["governance.sro_summary"]

    @section("risks.above_appetite", title="Risks", template="papers/sections/risks_above_appetite.html", order=2)
    def risks(brief: Brief) -> dict[str, Any]:
        seen = Risk.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)
        return {"summary": f"{len(seen)} open risks: {', '.join(risk.title for risk in seen)}", "rows": []}

    return offered


@pytest.fixture
def board(cast: Cast, shelf: dict[str, Any]) -> Board:
    return make_board(
        cast.programme, name="Sleeping rough programme board", slug="sleeping-rough", short_name="SRPB",
        remit="Answers for the shared outcome.", is_deciding=True, running_order=ORDER,
    )  # fmt: skip


def issued(board: Board, by: Any, **answers: Any) -> Pack:
    """Asked for, and made in this process as a worker would."""
    pack = issue_pack(board, by=by, **answers)
    do_here(pack.newest_job)
    return Pack.objects.get(pk=pack.pk)
