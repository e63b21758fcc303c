"""The lists that look at many risks together: who keeps them, in which programme, under which risk, what moved."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from risks.models import Risk
from risks.querysets import RiskQuerySet
from risks.scoring import BANDS
from xgov.pages.registers import Column, DayFilter, Register
from xgov.records.clock import today

# How far back the movers look unless a day is chosen: a local default.
LOOK_BACK = timedelta(days=30)


def _average(line: Any) -> str:
    return f"{line.average:.1f}" if line.average is not None else ""


def _most_common(line: Any) -> str:
    return str(BANDS[line.most_common].label) if line.most_common else ""


def _figures() -> list[Column]:
    """What every such line adds up to. The names are those of risks.gathering."""
    numbers: list[tuple[str, Any]] = [
        ("open_risks", gettext_lazy("Open")),
        ("above", gettext_lazy("Above appetite")),
        ("above_tolerance", gettext_lazy("Above tolerance")),
        ("escalated", gettext_lazy("Escalated")),
        ("very_high", gettext_lazy("Very high")),
        ("highest", gettext_lazy("Highest score")),
    ]
    columns = [Column(key, label, sort=(key,), numeric=True) for key, label in numbers]
    columns.append(Column("average", gettext_lazy("Average score"), value=_average, sort=("average",), numeric=True))
    columns.append(Column("most_common", gettext_lazy("Most common"), value=_most_common))
    return columns


def _score(key: str, label: Any) -> Column:
    return Column(key, label, value="residual", sort=("residual_score",), template="risks/cells/score.html")


def _list_kept_by(department: Any) -> str:
    return f"{reverse('risks:list', args=[department.in_programme])}?kept_by={department.pk}"


def _list_of(programme: Any) -> str:
    return reverse("risks:list", args=[programme.reference])


BY_DEPARTMENT = Register(
    key="risks-by-department",
    columns=[
        Column("name", gettext_lazy("Department"), link=True, sort=("name",), address=_list_kept_by),
        *_figures(),
    ],
    search=("name", "abbreviation"),
    search_label=gettext_lazy("Search departments"),
    default_sort="-above",
    empty_title=gettext_lazy("No department has joined yet"),
)
PORTFOLIO = Register(
    key="risk-portfolio",
    columns=[
        Column("name", gettext_lazy("Programme"), link=True, sort=("name",), address=_list_of),
        Column("reference", gettext_lazy("Reference"), sort=("reference",)),
        *_figures(),
    ],
    search=("name", "reference"),
    search_label=gettext_lazy("Search programmes"),
    default_sort="-above_tolerance",
    empty_title=gettext_lazy("No programme is open to you yet"),
)
GATHERED = Register(
    key="gathered-risks",
    columns=[
        Column("risk", gettext_lazy("Risk"), value=str, link=True, sort=("reference",)),
        Column("programme", gettext_lazy("Programme"), value="programme.name", sort=("programme__name",)),
        _score("own", gettext_lazy("Own score")),
        *_figures(),
    ],
    search=("reference", "title", "programme__name"),
    search_label=gettext_lazy("Search risks"),
    default_sort="-own",
    empty_title=gettext_lazy("No risk gathers up others yet"),
    empty_text=gettext_lazy(
        "Link a risk as part of another, also of another programme. It counts here once the department that keeps it "
        "agrees to share it upwards."
    ),
)  # fmt: skip


def beginning_of(day: date) -> datetime:
    """The first moment of the day, in Europe/London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _has_come(day: date) -> None:
    if day > today():
        raise ValidationError(_("Nothing has moved since a day to come."))


class MoversFilters(FilterSet):
    since = DayFilter(label=gettext_lazy("Moved since"), method="of_day", validators=[_has_come])

    class Meta:
        model = Risk
        fields: list[str] = []

    def __init__(self, *args: Any, last_pack: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last_pack = last_pack

    def filter_queryset(self, queryset: RiskQuerySet) -> RiskQuerySet:
        """Since the day that was chosen; without one since the last pack, and before there was any for a while back."""
        chosen = self.form.cleaned_data.get("since")
        moment = beginning_of(chosen) if chosen else self.last_pack or beginning_of(today() - LOOK_BACK)
        return queryset.moved_since(moment, moment)

    def of_day(self, queryset: RiskQuerySet, name: str, value: date) -> RiskQuerySet:
        return queryset  # filter_queryset looks at the day, chosen or not


def movement(risk: Risk) -> str:
    """What has become of the residual score since, in words."""
    if risk.has_ended:
        return str(risk.get_status_display())
    if risk.score_then is None:
        return _("New")
    if not risk.score_then:
        return _("Scored for the first time")
    points = risk.residual_score - risk.score_then
    return (_("Rose by %(points)d") if points > 0 else _("Fell by %(points)d")) % {"points": abs(points)}


def _then(risk: Risk) -> Any:
    return risk.score_then or None


MOVERS = Register(
    key="risk-movers",
    columns=[
        Column("risk", gettext_lazy("Risk"), value=str, link=True, sort=("reference",)),
        Column("kept_by", gettext_lazy("Kept by"), value="kept_by.short_name", sort=("kept_by__name",)),
        Column("then", gettext_lazy("Score then"), value=_then, sort=("score_then",), numeric=True),
        _score("now", gettext_lazy("Score now")),
        Column("movement", gettext_lazy("Movement"), value=movement),
        Column("why", gettext_lazy("Why"), value="reason_since"),
    ],
    filterset=MoversFilters,
    search=("reference", "title"),
    search_label=gettext_lazy("Search risks"),
    default_sort="-now",
    empty_title=gettext_lazy("No risk has moved"),
)  # fmt: skip


def movers_since(last_pack: datetime | None) -> Register:
    return replace(MOVERS, filterset=partial(MoversFilters, last_pack=last_pack))
