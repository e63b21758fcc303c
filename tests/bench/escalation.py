"""The night over 100,000 risks: what it finds, beside the SQL that finds the crossing rows, and what it writes."""

from collections import Counter
from datetime import timedelta

from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from programmes.models import Programme
from risks import escalation
from risks.escalation import finding
from risks.models import Appetite, Escalation, Risk
from tests.bench.measuring import Bar, fastest_ms, run_all, table
from tests.bench.risks import DEPARTMENTS, grow_to
from tests.factories import make_department, make_person
from xgov.access.memory import forget
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today

SIZES = (1_000, 100_000)
APPETITES_FROM_TODAY = 20
MOST_STATEMENTS = 40
MOST_OVER_SQL = 8.0

# The rows whose state the night changes, as somebody who knows the tables would ask: the limits in force, and who
# crosses them, is late or is up and need not be.
CROSSING = """
SELECT r.id
  FROM risks_risk r
  JOIN programmes_programme p ON p.id = r.programme_id AND p.status NOT IN ('CLOSED', 'CANCELLED')
  LEFT JOIN risks_appetite j ON j.programme_id = r.programme_id AND j.category = r.category AND j.scale = r.scale
       AND j.department_id IS NULL AND j.since <= %(today)s AND (j.until IS NULL OR j.until > %(today)s)
  LEFT JOIN risks_departmentappetite d ON d.department_id = r.kept_by_id AND d.category = r.category
       AND d.scale = r.scale AND d.since <= %(today)s AND (d.until IS NULL OR d.until > %(today)s)
 WHERE r.status = 'OPEN'
   AND (r.tolerance_limit IS DISTINCT FROM LEAST(j.tolerance_score, d.tolerance_score)
        OR r.appetite_limit IS DISTINCT FROM LEAST(j.max_residual_score, d.max_residual_score)
        OR (r.residual_score > LEAST(j.tolerance_score, d.tolerance_score)) IS DISTINCT FROM
           (r.above_tolerance_since IS NOT NULL)
        OR (r.review_due <= %(late)s AND NOT EXISTS (SELECT 1 FROM risks_escalation e
            WHERE e.risk_id = r.id AND e.to_level = 'PROGRAMME_BOARD'
              AND e.state IN ('OPEN', 'ACKNOWLEDGED', 'ANSWERED'))))
"""


def run() -> list[Bar]:
    departments = [make_department(abbreviation=f"N{n:02}") for n in range(DEPARTMENTS)]
    owners = [make_person(department=department) for department in departments]
    statements, written, rows = {}, {}, []
    for size in SIZES:
        grow_to(size, departments, owners)
        _agree_everywhere()
        _first_night()
        _agree_a_few_anew()
        crossing = set(finding.crossing())
        found, by_hand = fastest_ms(finding.crossing, _by_hand, rounds=5)
        before = _history()
        with CaptureQueriesContext(connection) as captured:
            escalation.escalate_all()
        statements[size] = len(captured) - _in_batches(captured)
        written[size] = (_history() - before)["risk"] - len(crossing)
        rows.append([f"{size:,}", len(crossing), statements[size], found, by_hand, found / by_hand])
    heads = ["The night, risks", "crossing", "statements", "finding ms", "SQL ms", "finding / SQL"]
    table("Escalation", heads, rows)
    return [
        Bar(
            "Escalation: statements of a night over 100,000 risks, batches left out",
            statements[SIZES[-1]],
            MOST_STATEMENTS,
        ),
        Bar("Escalation: statements more at 100,000 than at 1,000", statements[SIZES[-1]] - statements[SIZES[0]], 0),
        Bar("Escalation: risks written that did not change", max(written.values()), 0),
        Bar("Escalation: finding over hand-written SQL at 100,000", rows[-1][-1], MOST_OVER_SQL),
    ]


def _by_hand() -> None:
    run_all([(CROSSING, {"today": today(), "late": today() - timedelta(days=30)})])


def _agree_everywhere() -> None:
    without = Programme.objects.filter(appetites__isnull=True)
    models.QuerySet(Appetite).bulk_create(
        Appetite(
            programme=programme, category=category, level="OPEN", max_residual_score=12, tolerance_score=15,
            agreed_by="Board", agreed_on=today(), review_due=today() + timedelta(days=300),
            since=today() - timedelta(days=100),
        )
        for programme in without
        for category in ("OPERATIONS", "LEGAL", "FINANCIAL")
    )  # fmt: skip


def _first_night() -> None:
    """The risks of the benchmark were written without their limits: they get them, as if they had been saved."""
    with acting(system_signer("Benchmark")):
        escalation.reconsider_all(Risk.objects.open())
    forget()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _agree_a_few_anew() -> None:
    """Stricter from today on, in some programmes: what the night is there for."""
    with acting(system_signer("Benchmark")):
        present = list(
            Appetite.objects.filter(category="LEGAL", until__isnull=True).order_by("?")[:APPETITES_FROM_TODAY]
        )
        for appetite in present:
            appetite.until = today()
        Appetite.objects.save_many(present, ["until"])
        Appetite.objects.create_many(
            Appetite(
                programme_id=each.programme_id, category="LEGAL", level="AVERSE", max_residual_score=4,
                tolerance_score=6, agreed_by="Board", agreed_on=today(), review_due=each.review_due, since=today(),
            )
            for each in present
        )  # fmt: skip


def _history() -> Counter:
    return Counter(risk=Risk.history.count(), escalation=Escalation.history.count())


def _in_batches(captured: CaptureQueriesContext) -> int:
    """Statements beyond the first of those that write in batches of some hundred rows."""
    heads = Counter(
        query["sql"][:40] for query in captured.captured_queries if query["sql"].startswith(("INSERT", "UPDATE"))
    )
    return sum(number - 1 for number in heads.values())
