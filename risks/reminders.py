"""What falls due in the risk register, for whom."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.attention import OWN_ENTRY
from risks.escalation.telling import with_holders
from risks.models import Escalation, Mitigation, Risk
from xgov.notices.reminding import Reminder, Window, reminds


@reminds
def reviews(days: Window) -> Iterator[Reminder]:
    """Open risks whose review is due, for their owners."""
    due = Risk.objects.open().filter(review_due__lte=days.last, programme__in=Programme.objects.active())
    for risk in due.select_related("programme"):
        words = _("Review risk %(risk)s") % {"risk": risk}
        yield Reminder(risk.owner_id, risk, words, risk.get_absolute_url(), risk.review_due, risk.programme.name)


@reminds
def mitigations(days: Window) -> Iterator[Reminder]:
    """What was promised about risks that can still happen, for those who promised it."""
    due = Mitigation.objects.planned().filter(due__lte=days.last, risk__closed_at=None)
    for each in due.filter(programme__in=Programme.objects.active()).select_related("risk", "programme"):
        words = _("Do what you promised about risk %(reference)s: %(what)s") % {
            "reference": each.risk.reference,
            "what": each,
        }
        yield Reminder(each.owner_id, each, words, each.get_absolute_url(), each.due, each.programme.name)


@reminds
def answers(days: Window) -> Iterator[Reminder]:
    """What was escalated and is not answered, for those who hold the level."""
    due = Escalation.objects.waiting().filter(response_due__lte=days.last, programme__in=Programme.objects.active())
    for each, person in with_holders(list(due.select_related("risk__programme", "programme"))):
        words = _("Answer about risk %(risk)s, which was escalated to you") % {"risk": each.risk}
        yield Reminder(person, each, words, each.get_absolute_url(), each.response_due, each.programme.name)


@reminds
def entries(days: Window) -> Iterator[Reminder]:
    """Issues, assumptions and dependencies that fall due, for their owners."""
    for kind, words in OWN_ENTRY.items():
        due = kind.objects.open().filter(due__lte=days.last, programme__in=Programme.objects.active())
        for entry in due.select_related("programme"):
            said = str(words) % {"entry": entry}
            yield Reminder(entry.owner_id, entry, said, entry.get_absolute_url(), entry.due, entry.programme.name)
