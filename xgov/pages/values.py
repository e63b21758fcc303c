"""Values as people read them: money, dates, moments, yes and no. The same in pages, history and timelines."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xgov.records.figures import Figure, FigureState

_MILLION = Decimal(1_000_000)
# Below this an amount in millions to one decimal would say too little, so it is shown in pounds.
_SHOWN_IN_MILLIONS_FROM = Decimal(100_000)


def pounds(amount: Decimal | int) -> str:
    """`£1,234,567`, with pence only where there are any."""
    amount = Decimal(amount)
    sign = "-" if amount < 0 else ""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{sign}£{number_format(abs(amount), places, use_l10n=True, force_grouping=True)}"


def millions(amount: Decimal | int) -> str:
    """`£12.4m`; amounts under £100,000 in pounds."""
    amount = Decimal(amount)
    if abs(amount) < _SHOWN_IN_MILLIONS_FROM:
        return pounds(amount.quantize(Decimal(1), ROUND_HALF_UP))
    sign = "-" if amount < 0 else ""
    rounded = abs(amount / _MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{sign}£{number_format(rounded, 1, use_l10n=True, force_grouping=True)}m"


def figure_words(figure: Figure) -> str:
    """A figure in plain text: the amount, or why there is none."""
    if figure.is_known:
        return millions(figure.amount)
    words = str(FigureState(figure.state).label) if figure.state in FigureState.values else str(figure.state)
    if figure.section:
        words = _("%(state)s (Freedom of Information Act, section %(section)s)") % {
            "state": words,
            "section": figure.section.removeprefix("section ").removeprefix("Section "),
        }
    return f"{words}: {figure.reason}" if figure.reason else words


def figure_html(figure: Figure) -> SafeString | str:
    """As `figure_words`, with the state as a grey tag."""
    if figure.is_known:
        return millions(figure.amount)
    state = FigureState(figure.state).label if figure.state in FigureState.values else figure.state
    section = figure.section.removeprefix("section ").removeprefix("Section ")
    tag = _("%(state)s, section %(section)s") % {"state": state, "section": section} if section else state
    html = format_html('<strong class="govuk-tag govuk-tag--grey">{}</strong>', tag)
    return format_html("{} {}", html, figure.reason) if figure.reason else html


def day(value: dt.date | None) -> str:
    """`22 November 2026`, in Europe/London."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return date_format(value, "j F Y") if value else ""


def clock_time(value: dt.datetime | dt.time) -> str:
    """`2:05pm`, `9am`, `midday`."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if (value.hour, value.minute) == (12, 0):
        return _("midday")
    if (value.hour, value.minute) == (0, 0):
        return _("midnight")
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value: dt.datetime | None) -> str:
    """`22 November 2026 at 2:05pm`, in Europe/London."""
    if not value:
        return ""
    return _("%(day)s at %(time)s") % {"day": day(value), "time": clock_time(value)}


def in_plain_words(value: Any) -> str:
    """Any value as text; empty text for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, dt.time):
        return clock_time(value)
    if isinstance(value, Figure):
        return figure_words(value)
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, int | Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(in_plain_words(item) for item in value)
    return str(value)


def address_of(record: Model) -> str:
    """Where the record's page is; empty when it has none. History outlives pages, so none is no fault."""
    try:
        return record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
    except NoReverseMatch:
        return ""


def in_html(value: Any) -> SafeString | str:
    """Any value for a page: records with a page of their own become links, figures keep their tag."""
    if isinstance(value, Figure):
        return figure_html(value)
    if isinstance(value, Model) and (address := address_of(value)):
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, value)
    if isinstance(value, SafeString):
        return value
    return in_plain_words(value)
