"""A pack of 300 risks: what is asked of the database, and what is added to the time that WeasyPrint itself takes."""

import time
from collections.abc import Callable

import weasyprint
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from tests.bench.measuring import Bar, table
from tests.cast import assemble
from tests.factories import make_appetite, make_board, make_mitigation, make_risk
from xgov.accounts.models import User
from xgov.jobs.models import Job
from xgov.jobs.running import do_here
from xgov.papers.pdf import PRINT_STYLE
from xgov.records.clock import now

RISKS = 300
ROUNDS = 3

MOST_QUERIES = 60
MOST_OVER_WEASYPRINT = 1.2


def run() -> list[Bar]:
    cast = assemble()
    for number in range(RISKS):
        risk = make_risk(
            cast.programme, cast.dwp, cast.contributor, residual=(4 + number % 2, 4),
            title=f"Winter beds open later than planned in city {number}", above_appetite_since=now(),
        )  # fmt: skip
        make_mitigation(risk)
    make_appetite(cast.programme, category="OPERATIONS")
    board = make_board(cast.programme, name="Programme board", short_name="PB")
    issued(board, cast.sro)  # fonts and modules are loaded: a worker is warm
    waiting = issue_pack(board, by=cast.sro).newest_job
    with CaptureQueriesContext(connection) as asked:
        do_here(waiting)
    pack = Pack.objects.issued().newest_first()[0]
    whole, alone = float("inf"), float("inf")
    for _ in range(ROUNDS):
        whole = min(whole, seconds(lambda: issued(board, cast.sro)))
        alone = min(alone, seconds(lambda: weasyprint_alone(pack.html)))
    heads = ["", "pages", "queries", "whole, s", "WeasyPrint alone, s", "ratio"]
    row = [f"pack of {RISKS} risks", pack.pages, len(asked), whole, alone, whole / alone]
    table("A board pack, from the task's start to the issued record", heads, [row])
    return [
        Bar(f"queries of a pack with {RISKS} risks", len(asked), MOST_QUERIES),
        Bar("its time, against WeasyPrint alone", whole / alone, MOST_OVER_WEASYPRINT),
    ]


def issued(board: Board, by: User) -> Pack:
    """The pack, made in this process as a worker makes it."""
    pack = issue_pack(board, by=by)
    do_here(pack.newest_job)
    assert pack.newest_job.state == Job.State.FINISHED, pack.newest_job.failure
    return Pack.objects.get(pk=pack.pk)


def weasyprint_alone(html: str) -> bytes:
    """The least that a tagged archive PDF of this HTML takes."""
    return weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(PRINT_STYLE)], pdf_variant="pdf/a-3a")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
