"""The components of the house for templates: `{% load xgov %}`. Shown with examples in docs/pages.md."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.forms import BaseForm, BaseFormSet
from django.template.context import Context
from django.template.defaultfilters import date as django_date
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xgov.access.doors import door_of, is_sensitive
from xgov.pages import values
from xgov.pages.about import about
from xgov.pages.forms import Check
from xgov.pages.forms.problems import problems_of
from xgov.pages.paging import page_links, with_query
from xgov.pages.registers.choosing import Choosing
from xgov.records.figures import Figure

register = template.Library()

COLOURS = frozenset({"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"})


# --- values ----------------------------------------------------------------------------------


@register.filter
def money(value: Decimal | Figure | int | None, form: str = "millions") -> SafeString | str:
    """£12.4m, or the grey tag that says why there is no amount. `money:"pounds"` gives £12,400,000."""
    if value is None or value == "":
        return nothing_words()
    if isinstance(value, Figure):
        if not value.is_known or form != "pounds":
            return values.figure_html(value)
        value = value.amount
    return values.pounds(value) if form == "pounds" else values.millions(value)


@register.filter
def date(value: dt.date | None, form: str | None = None) -> str:
    """22 November 2026; with a format it is Django's own filter."""
    if form:
        return django_date(value, form)
    return values.day(value) if isinstance(value, dt.date) else ""


@register.filter
def datetime(value: dt.datetime | None) -> str:
    """22 November 2026 at 2:05pm, Europe/London."""
    return values.moment(value)


@register.filter
def machine_time(value: dt.date | None) -> str:
    """For <time datetime="...">."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return value.isoformat() if value else ""


@register.filter
def in_words(value: Any) -> SafeString | str:
    """Any value as a person reads it: yes and no, dates, amounts, names."""
    return values.in_html(value)


@register.filter
def or_nothing(value: Any) -> SafeString | str:
    """As `in_words`; grey "Not provided" where there is nothing."""
    shown = values.in_html(value)
    return nothing_words() if shown == "" else shown


def nothing_words() -> SafeString:
    return format_html('<span class="xgov-quiet">{}</span>', _("Not provided"))


@register.filter
def score(value: Any) -> SafeString:
    """20 (4 x 5, very high) as a tag in its band's colour, from an object with value, likelihood, impact and band."""
    if not value or getattr(value, "value", None) is None:
        return tag(_("Not scored"), "grey")
    words = f"{value.value} ({value.likelihood} x {value.impact}, {str(value.band.label).lower()})"
    return tag(words, value.band.colour)


# --- small components ------------------------------------------------------------------------


@register.simple_tag(name="tag")
def tag(words: Any, colour: str = "blue") -> SafeString:
    """A status: always words, and a colour as a second signal."""
    if colour not in COLOURS:
        colour = "grey"
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_tag
def badge(words: Any, colour: str = "") -> SafeString:
    return format_html('<span class="moj-badge{}">{}</span>', f" moj-badge--{colour}" if colour else "", words)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> str:
    return render_to_string("components/warning.html", {"content": content})


@register.simple_block_tag
def attention(content: str, title: str, element_id: str = "attention") -> str:
    """What is wrong with a record: what, since when, why, what to do."""
    return render_to_string("components/attention.html", {"content": content, "title": title, "id": element_id})


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        " open" if is_open else "",
        summary,
        content,
    )


@register.simple_tag
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> str:
    """A list with nothing in it: why, and the next step."""
    return render_to_string("components/empty.html", {"title": title, "text": text, "url": url, "action": action})


@register.simple_tag
def notification(text: str, title: str = "", url: str = "", action: str = "") -> str:
    context = {"text": text, "title": title or _("Important"), "url": url, "action": action}
    return render_to_string("components/notification.html", context)


@register.simple_tag
def breadcrumbs(*parts: Any) -> str:
    """`{% breadcrumbs programme "Risks" risks_url %}`: records by their name and page, else label and address."""
    crumbs, rest = [{"label": _("Home"), "url": "/"}], list(parts)
    while rest:
        part = rest.pop(0)
        if isinstance(part, Model):
            crumbs.append({"label": str(part), "url": part.get_absolute_url()})
        else:
            crumbs.append({"label": part, "url": rest.pop(0)})
    return render_to_string("components/breadcrumbs.html", {"crumbs": crumbs})


# --- summary list ----------------------------------------------------------------------------


@register.simple_block_tag
def summary_list(content: str, title: str = "") -> SafeString:
    """Holds `summary_row`s."""
    heading = format_html('<h2 class="govuk-heading-m">{}</h2>', title) if title else ""
    return format_html('{}<dl class="govuk-summary-list">{}</dl>', heading, content)


@register.simple_tag
def summary_row(label: str, value: Any, change: str = "", action: str = "") -> SafeString:
    """One row. Text keeps its paragraphs; nothing is said in words; `change` is where the Change link goes."""
    shown = or_nothing(value)
    if isinstance(shown, str) and not isinstance(shown, SafeString) and "\n" in shown:
        shown = mark_safe(linebreaks(shown, autoescape=True).replace("<p>", '<p class="govuk-body">'))  # noqa: S308
    return _row(label, shown, change, action)


@register.simple_block_tag
def row(content: str, label: str, change: str = "", action: str = "") -> SafeString:
    """As `summary_row`, for a value that is markup: `{% row "Owner" change=url %}...{% endrow %}`."""
    return _row(label, content if content.strip() else nothing_words(), change, action)


def _row(label: str, value: Any, change: str, action: str) -> SafeString:
    link = ""
    if change:
        link = format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a></dd>',
            change,
            action or _("Change"),
            str(label)[:1].lower() + str(label)[1:],
        )
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if change else " govuk-summary-list__row--no-actions",
        label,
        value,
        link,
    )


# --- parts of a page -------------------------------------------------------------------------


@register.simple_tag
def error_summary(*forms: BaseForm | BaseFormSet) -> str:
    """The summary of these forms' problems; nothing when there is none."""
    problems = problems_of(*(form for form in forms if isinstance(form, BaseForm | BaseFormSet)))
    return render_to_string("components/error_summary.html", {"problems": problems}) if problems else ""


@register.simple_tag(takes_context=True)
def form_page(context: Context, form: BaseForm, action_label: str = "", **options: Any) -> str:
    """The form with its buttons. Options: heading, caption, intro, cancel (address), another (label) and danger."""
    return render_to_string(
        "components/form_page.html",
        {"form": form, "action_label": action_label or _("Save"), **options},
        request=context.get("request"),
    )


@register.simple_block_tag(takes_context=True)
def check_page(context: Context, content: str, check: Check, action_label: str, **options: Any) -> str:
    """The answers to check before they count, what follows from them as content.

    Options: heading, caption, cancel and danger.
    """
    return render_to_string(
        "components/check_page.html",
        {"check": check, "action_label": action_label, "content": content, **options},
        request=context.get("request"),
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page, parameter: str = "page") -> str:
    if page.paginator.num_pages <= 1:
        return ""
    return render_to_string("components/pagination.html", page_links(context["request"], page, parameter))


@register.simple_tag(takes_context=True)
def about_record(context: Context, record: Model, permissions: Any = None) -> str:
    """Who keeps the record, its last change, who can see it and why, its history."""
    return render_to_string("components/about_record.html", about(record), request=context.get("request"))


@register.simple_tag(takes_context=True)
def page_is_sensitive(context: Context) -> bool:
    """Whether anything on the page is marked OFFICIAL-SENSITIVE: `page_marking`, `record` or `programme`."""
    if "OFFICIAL_SENSITIVE" in str(context.get("page_marking", "")).replace("-", "_"):
        return True
    things = (context.get("record"), context.get("programme"))
    return any(is_sensitive(thing) for thing in things if isinstance(thing, Model) and hasattr(thing, "door"))


@register.simple_tag
def record_breadcrumbs(record: Model) -> str:
    """To a record from the door it stands behind."""
    door = door_of(record)
    places = [record] if door is None or door == record else [door, record]
    return breadcrumbs(*(place for place in places if values.address_of(place)))


@register.filter
def kind_of(record: Model) -> str:
    """What kind of record it is, in words."""
    return str(record._meta.verbose_name)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The present address with parts of its query changed: `{% query before=token %}`; None takes a part out."""
    return with_query(context["request"], **changes)


@register.filter
def called_by(record: Model, choosing: Choosing) -> str:
    """What a record is called when it is chosen from a list."""
    return choosing.name_of(record)


@register.simple_tag
def history_url(record: Model) -> str:
    return reverse("pages:history", args=[record._meta.label_lower, record.pk])


@register.simple_tag
def who_url(record: Model) -> str:
    return reverse("pages:who", args=[record._meta.label_lower, record.pk])
