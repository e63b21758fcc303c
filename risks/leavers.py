"""What somebody who leaves still owns in the registers: shown to whoever stops their account."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models import Assumption, Control, Dependency, Issue, Mitigation, Risk
from xgov.accounts.leaving import Holding, put
from xgov.accounts.models import User
from xgov.accounts.parts import Line
from xgov.records.models import GovernedModel
from xgov.records.querysets import GovernedQuerySet


def line_of(record: GovernedModel) -> Line:
    return Line(str(record), record.get_absolute_url(), record.programme.name)


def owned(records: Callable[[], GovernedQuerySet], *way: str) -> Callable[[User], GovernedQuerySet]:
    """Those of the records that the person owns, in programmes that are not over."""

    def rows(person: User) -> GovernedQuerySet:
        still = records().filter(owner=person, programme__in=Programme.objects.active())
        return still.select_related("programme", *way)

    return rows


def of_live_risks(kept: GovernedQuerySet) -> GovernedQuerySet:
    return kept.filter(risk__closed_at__isnull=True)


_OWNED: tuple[tuple[Promise, Callable[[User], GovernedQuerySet]], ...] = (
    (_("Risks they own"), owned(lambda: Risk.objects.live())),
    (_("Mitigations they have to do"), owned(lambda: of_live_risks(Mitigation.objects.planned()), "risk__programme")),
    (_("Controls they run"), owned(lambda: of_live_risks(Control.objects.in_place()), "risk__programme")),
    (_("Issues they own"), owned(lambda: Issue.objects.open())),
    (_("Assumptions they own"), owned(lambda: Assumption.objects.open())),
    (_("Dependencies they own"), owned(lambda: Dependency.objects.open())),
)
for order, (title, rows) in enumerate(_OWNED, start=50):
    put(Holding(title, rows=rows, line=line_of, order=order))
