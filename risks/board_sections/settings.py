"""What a board hears of how the registers work: what was agreed since its last pack, and what waits."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from risks.agreeing import positions_on
from risks.models import RegisterSettings
from risks.register_terms import DEFAULT_TERMS
from risks.terms_changes import differences
from xgov.pages.values import day
from xgov.papers.sections import Brief, section

MOST_CHANGES = 12  # of one version; the register's page has them all


@section(
    "risks.settings",
    title=gettext_lazy("How the risk register works"),
    template="papers/sections/risks_settings.html",
    order=48,
)
def settings_that_changed(brief: Brief) -> dict[str, Any]:
    """Versions that came into force since the last pack, and those on which departments still have to answer."""
    found = RegisterSettings.objects.visible_to(brief.reader).filter(programme__in=brief.programmes).to_be_answered()
    versions = found.select_related("programme", "proposed_by").order_by("programme__reference", "version")
    rows = [
        _row(settings, brief)
        for settings in versions
        if settings.is_proposed or brief.since is None or settings.since >= brief.since
    ]
    return {"rows": rows, "since": brief.since}


def _row(settings: RegisterSettings, brief: Brief) -> dict[str, Any]:
    earlier = RegisterSettings.objects.filter(
        programme=settings.programme_id, version__lt=settings.version, since__isnull=False
    )
    before = earlier.order_by("-version").first()
    changes = differences(before.agreed_terms if before else DEFAULT_TERMS, settings.agreed_terms)
    return {
        "heading": _heading(settings, brief),
        "state": _state(settings),
        "why": settings.why,
        "changes": [
            {"label": each.label, "was": each.was or _("None"), "now": each.now or _("None")}
            for each in changes[:MOST_CHANGES]
        ],
        "left_out": _left_out(len(changes) - MOST_CHANGES),
    }


def _heading(settings: RegisterSettings, brief: Brief) -> str:
    words = _("Version %(number)d") % {"number": settings.version}
    return words if len(brief.programmes) == 1 else f"{settings.programme.name}: {words}"


def _state(settings: RegisterSettings) -> str:
    positions = positions_on(settings)
    agreed = [each.department.short_name for each in positions if each.has_agreed]
    objecting = [each.department.short_name for each in positions if each.answer and not each.has_agreed]
    silent = [each.department.short_name for each in positions if each.answer is None]
    in_force = _("In force since %(day)s.") % {"day": day(settings.since)} if settings.is_in_force else ""
    sentences = [in_force or _("Proposed by %(who)s.") % {"who": settings.proposed_by}]
    if agreed:
        sentences.append(_("Agreed by: %(names)s.") % {"names": ", ".join(agreed)})
    if objecting:
        sentences.append(_("Objections from: %(names)s.") % {"names": ", ".join(objecting)})
    if silent:
        sentences.append(_("Still to answer: %(names)s.") % {"names": ", ".join(silent)})
    return " ".join(sentences)


def _left_out(number: int) -> str:
    if number <= 0:
        return ""
    words = ngettext(
        "%(n)d more change is on the register’s page.", "%(n)d more changes are on the register’s page.", number
    )
    return words % {"n": number}
