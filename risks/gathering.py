"""Many risks as one line: of a department, of a programme, of the risk that they are part of.

Each is counted from the risks that the reader may see, and a risk that gathers up others also from those whose keepers
agreed that they count there. Scores of different scales are not set
against each other: a line whose risks are scored on two has no highest and no average.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Case, Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from programmes.models import Party, Programme
from risks.models import RegisterSettings, Risk, RiskLink
from risks.querysets import RiskQuerySet
from risks.scales import SCALES
from risks.scoring import BANDS
from xgov.accounts.models import Department, User
from xgov.records.fields import Marking

_GRAVITY = Case(*(When(residual_band=key, then=Value(place)) for place, key in enumerate(BANDS)), default=Value(-1))


def departments_keeping(programmes: Iterable[Programme], risks: RiskQuerySet) -> QuerySet[Department]:
    """Those that have joined the programmes, and those that still keep one of these risks after they left."""
    joined = Party.objects.accepted().filter(programme__in=programmes).values("department")
    still = risks.live().order_by().values("kept_by")
    return Department.objects.filter(Q(pk__in=joined) | Q(pk__in=still))


def departments_with_risks(departments: QuerySet, risks: RiskQuerySet) -> QuerySet:
    """Each department with what it keeps among these risks: `open_risks`, `above` and so on."""
    return _with_figures(departments, risks.open().filter(kept_by=OuterRef("pk")), "kept_by")


def programmes_with_risks(programmes: QuerySet, risks: RiskQuerySet) -> QuerySet:
    """Each programme with its risks among these."""
    return _with_figures(programmes, risks.open().filter(programme=OuterRef("pk")), "programme")


def risks_with_parts(person: User) -> RiskQuerySet:
    """The live risks that gather up others whose keepers agreed to share them upwards, with what those add up to.

    A part that is not sensitive counts for all who see the risk above it, a sensitive one for those who may see it.
    """
    shared = RiskLink.objects.shared_upwards()
    agreed = Q(marking=Marking.OFFICIAL, programme__marking=Marking.OFFICIAL)
    seen = Q(pk__in=Risk.objects.visible_to(person).order_by().values("pk"))
    # In one filter: it is the same link that is shared and that leads to the risk above.
    parts = Risk.objects.filter(agreed | seen).open().filter(links_from__in=shared, links_from__other=OuterRef("pk"))
    gathered = Risk.objects.visible_to(person).live().filter(pk__in=shared.values("other"))
    return _with_figures(gathered.with_page_relations(), parts, "links_from__other", _ruler())


_ONE_RULER = Value(0)


def _ruler() -> Case | Value:
    """A number for each way in which a programme has agreed that likelihood and impact score: 0 for the usual one."""
    agreed = {each.programme_id: each.agreed_terms.scale for each in RegisterSettings.objects.in_force()}
    others = dict.fromkeys(scale for scale in agreed.values() if scale not in SCALES.values())
    if not others:
        return _ONE_RULER
    numbers = {scale: number for number, scale in enumerate(others, start=1)}
    cases = [When(programme=key, then=Value(numbers[scale])) for key, scale in agreed.items() if scale in numbers]
    return Case(*cases, default=_ONE_RULER)


def _with_figures(lines: QuerySet, mine: RiskQuerySet, by: str, ruler: Case | Value = _ONE_RULER) -> QuerySet:
    """`mine`: the open risks of one line; `by`: what the line is to them."""
    mine = mine.order_by().values(by)
    scored = mine.filter(residual_score__gt=0)
    rulers = {"first": Min("scale"), "last": Max("scale"), "least": Min(ruler), "most": Max(ruler)}
    one_scale = scored.annotate(**rulers).filter(first=F("last"), least=F("most"))
    by_band = scored.values(by, "residual_band").annotate(number=Count("pk"), gravity=Max(_GRAVITY))
    common = by_band.order_by("-number", "-gravity")
    return lines.annotate(
        open_risks=_number(mine, Count("pk")),
        above=_number(mine, Count("above_appetite_since")),
        above_tolerance=_number(mine, Count("above_tolerance_since")),
        escalated=_number(mine.exclude(escalated_to=""), Count("pk")),
        very_high=_number(mine.filter(residual_band="VERY_HIGH"), Count("pk")),
        highest=Subquery(one_scale.annotate(found=Max("residual_score")).values("found")[:1]),
        average=Subquery(one_scale.annotate(found=Avg("residual_score")).values("found")[:1]),
        most_common=Subquery(common.values("residual_band")[:1]),
    )


def _number(risks: QuerySet, count: Any) -> Coalesce:
    found = Subquery(risks.annotate(found=count).values("found")[:1], output_field=IntegerField())
    return Coalesce(found, 0)
