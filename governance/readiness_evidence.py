"""What the boardroom knows about the question of who decides. Names nothing that is marked OFFICIAL-SENSITIVE."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.memorandum_standing import differs, holds_up, signed_and_left
from governance.models import Agreement, AgreementVersion, Board, Decision
from programmes.models import Programme
from programmes.readiness import Answer, Finding, evidence
from xgov.records.clock import today
from xgov.records.fields import Marking


@evidence("R2")
def who_decides(programme: Programme) -> Iterator[Finding]:
    board = Board.objects.open().filter(programme=programme, is_deciding=True).first()
    if board is not None:
        words = _("%(board)s takes the decisions that go beyond the SRO's limits.") % {"board": board}
        yield Finding(Answer.CLEAR, words, board.get_absolute_url())
    yield from _memorandum(programme)
    yield from _overdue(programme)


def _memorandum(programme: Programme) -> Iterator[Finding]:
    memoranda = Agreement.objects.filter(programme=programme, kind=Agreement.Kind.MOU, marking=Marking.OFFICIAL)
    for agreement in memoranda.live().with_versions():
        url = agreement.get_absolute_url()
        for version in agreement.versions_newest_first:
            version.programme = programme  # with its departments, asked once
        if agreement.in_force:
            yield Finding(Answer.CLEAR, _("The memorandum that says who decides is in force."), url)
            if words := differs(agreement.in_force, is_replaced=agreement.pending is not None):
                yield Finding(Answer.VAGUE, _("The memorandum: %(why)s") % {"why": words}, url)
        elif agreement.pending.is_open:
            yield from (Finding(Answer.VAGUE, words, url) for words in _still_open(agreement.pending))
        else:
            yield Finding(Answer.VAGUE, _("The memorandum that says who decides is a draft."), url)


def _still_open(version: AgreementVersion) -> Iterator[str]:
    names = ", ".join(place.department.short_name for place in version.waited_for)
    if names:
        yield _("The memorandum that says who decides still waits for: %(departments)s.") % {"departments": names}
    if words := signed_and_left(version):
        yield _("The memorandum: %(why)s") % {"why": words}
    for words in holds_up(version):
        yield _("The memorandum that says who decides cannot come into force. %(why)s") % {"why": words}


def _overdue(programme: Programme) -> Iterator[Finding]:
    proposed = Decision.objects.filter(programme=programme, marking=Marking.OFFICIAL)
    late = list(proposed.overdue(today()).select_related("programme").order_by("needed_by")[:50])
    if late:
        words = ngettext(
            "%(count)d decision is past the day it was needed by.",
            "%(count)d decisions are past the day they were needed by.",
            len(late),
        ) % {"count": len(late)}
        yield Finding(Answer.VAGUE, words, late[0].get_absolute_url())
