"""The heat map over 100,000 risks: as it stands, and with what moved since a moment, beside SQL written by hand."""

from collections.abc import Callable

from django.db import connection, models

from risks.heat_map import HeatMap, heat_map
from risks.heat_movement import Since
from risks.models import Risk
from risks.scales import FIVE_BY_FIVE
from tests.bench.measuring import Bar, Statement, fastest_ms, run_all, table
from tests.bench.risks import DEPARTMENTS, grow_to
from tests.factories import make_department, make_membership, make_person
from xgov.records.clock import now

RISKS = 100_000
MOST_OVER_SQL = 3.0

STANDING = """
SELECT r.scale, r.residual_likelihood, r.residual_impact, count(*)
  FROM risks_risk r
 WHERE r.closed_at IS NULL AND r.marking <> 'OFFICIAL_SENSITIVE'
 GROUP BY 1, 2, 3
"""
# What somebody who knows the tables would ask: what was written since, and of that alone what stood before.
MOVED = """
WITH written AS (
  SELECT DISTINCT h.id FROM risks_historicalrisk h WHERE h.history_date > %(since)s
), stood AS (
  SELECT DISTINCT ON (h.id) h.id, h.scale, h.residual_likelihood, h.residual_impact, h.closed_at IS NOT NULL AS ended
    FROM risks_historicalrisk h JOIN written USING (id)
   WHERE h.history_date <= %(since)s
   ORDER BY h.id, h.history_date DESC, h.history_id DESC
)
SELECT r.status, r.scale, r.residual_likelihood, r.residual_impact,
       w.id IS NOT NULL, s.scale, s.residual_likelihood, s.residual_impact, s.ended, count(*)
  FROM risks_risk r
  LEFT JOIN written w ON w.id = r.id
  LEFT JOIN stood s ON s.id = r.id
 WHERE (r.closed_at IS NULL OR r.closed_at >= %(since)s) AND r.marking <> 'OFFICIAL_SENSITIVE'
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""


def run() -> list[Bar]:
    departments = [make_department(abbreviation=f"H{n:02}") for n in range(DEPARTMENTS)]
    owners = [make_person(department=department) for department in departments]
    reader = make_person()
    make_membership(reader, departments[1], "centre")
    grow_to(RISKS, departments, owners)
    _write_history(every=1)
    in_sight = Risk.objects.visible_to(reader)

    def drawn(since: Since | None = None) -> HeatMap:
        return heat_map(in_sight.all(), FIVE_BY_FIVE, since=since)

    rows = [_measured("as it stands", drawn, (STANDING, None))]
    for words, every in (("a fifth written since", 5), ("all written since", 1)):
        moment = now()
        _score_anew(every)
        rows.append(_measured(words, lambda at=moment: drawn(Since(at, at)), (MOVED, {"since": moment})))
    table("Heat map", [f"Heat map, {RISKS:,} risks", "counted", "moved", "map ms", "SQL ms", "map / SQL"], rows)
    return [
        Bar(f"Heat map over {RISKS:,} risks, {row[0]}: over hand-written SQL", row[-1], MOST_OVER_SQL) for row in rows
    ]


def _measured(words: str, draw: Callable[[], HeatMap], by_hand: Statement) -> list:
    found = draw()
    ours, sql = fastest_ms(draw, lambda: run_all([by_hand]), rounds=10)
    return [words, found.counted, found.movement.came.total() if found.movement else 0, ours, sql, ours / sql]


def _score_anew(every: int) -> None:
    """Each risk whose number can be divided by `every` moves to another cell, and its history says so."""
    score = FIVE_BY_FIVE.score(2, 1 + every % 5)
    moving = models.QuerySet(Risk).annotate(part=models.F("pk") % every).filter(part=0)
    moving.update(
        residual_likelihood=score.likelihood, residual_impact=score.impact, residual_score=score.value,
        residual_band=score.band.key,
    )  # fmt: skip
    _write_history(every)


def _write_history(every: int) -> None:
    """A version of each of these risks as it now stands, in one statement: rows by the hundred thousand."""
    history, own = Risk.history.model._meta, Risk._meta
    columns = [field.column for field in own.concrete_fields if field.column in {f.column for f in history.fields}]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history.db_table} ({names}, history_date, history_type, history_signer) "
            f"SELECT {names}, clock_timestamp(), '~', 'Benchmark' FROM {own.db_table} WHERE id %% %s = 0",
            [every],
        )
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute
