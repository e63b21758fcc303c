"""What the boardroom asks of a person, and what to look at in a programme."""

from collections.abc import Collection, Iterator

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Agreement, Decision, Pack, Signature
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.attention import Signal, Waiting, signals, waits
from xgov.records.clock import today

_MOST = 50  # things that one person is told of at once


@waits
def signatures(person: User) -> Iterator[Waiting]:
    for place in Signature.objects.for_signatory(person)[:_MOST]:
        agreement = place.version.agreement
        words = _("Sign %(agreement)s for %(department)s") % {
            "agreement": agreement.title,
            "department": place.department.short_name,
        }
        address = [place.programme.reference, agreement.reference, place.department.slug]
        since = timezone.localdate(place.version.opened_at)
        yield Waiting(words, reverse("governance:sign-agreement", args=address), str(place.programme), since=since)


@waits
def decisions(person: User) -> Iterator[Waiting]:
    """What waits for a person who may decide it."""
    proposed = Decision.objects.visible_to(person).proposed().select_related("programme")
    for decision in proposed.order_by(F("needed_by").asc(nulls_last=True), "pk")[:_MOST]:
        if rules.can(person, Permission.DECIDE, decision):
            yield Waiting(
                _("Decide %(reference)s: %(question)s")
                % {"reference": decision.reference, "question": decision.question},
                decision.get_absolute_url(),
                str(decision.programme),
                due=decision.needed_by,
                since=timezone.localdate(decision.created_at),
            )


@signals
def late_decisions(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    late = Decision.objects.visible_to(person).filter(programme__in=programme_ids).overdue(today())
    counts = late.order_by().values("programme", "programme__reference").annotate(count=Count("pk"))
    for row in counts:
        words = ngettext("%(count)d decision late", "%(count)d decisions late", row["count"]) % {"count": row["count"]}
        url = reverse("governance:decision-list", args=[row["programme__reference"]]) + "?status=PROPOSED"
        yield Signal(row["programme"], row["count"], words, url, order=20)


@signals
def missing_signatures(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    seen = Agreement.objects.visible_to(person).filter(programme__in=programme_ids)
    waiting = Signature.objects.waited_for().filter(version__agreement__in=seen)
    counts = waiting.order_by().values("programme", "programme__reference").annotate(count=Count("pk"))
    for row in counts:
        words = ngettext("%(count)d signature missing", "%(count)d signatures missing", row["count"])
        url = reverse("governance:agreement-list", args=[row["programme__reference"]])
        yield Signal(row["programme"], row["count"], words % {"count": row["count"]}, url, order=60)


@waits
def packs_that_were_not_issued(person: User) -> Iterator[Waiting]:
    """Whoever asked for a pack hears that nothing came of it, until somebody tries again."""
    packs = Pack.objects.visible_to(person).not_issued().filter(state=Pack.State.FAILED, asked_by=person)
    for pack in packs.for_lists().select_related("programme"):
        words = _("Try again to issue pack %(number)d of %(board)s, which failed")
        yield Waiting(
            words % {"number": pack.number, "board": pack.board}, pack.get_absolute_url(), pack.programme.name,
            due=pack.meeting_on or today(), since=pack.updated_at.date(),
        )  # fmt: skip
