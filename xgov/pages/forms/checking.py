"""Check your answers: what others will be told of is read once more before it is done.

    form = MakeForm(request.POST or None, decision=decision)
    check = Check(request, form, decision, *decision.options_offered, *decision.positions_in_order)
    if form.is_valid() and check.carry_out(actions.make_decision, decision, by=request.user, **form.answers):
        return redirect(decision)
    template = "governance/decisions/check.html" if check.is_due else "governance/decisions/make.html"
    return render(request, template, context | {"form": form, "check": check})

`pages/check.html` shows the answers inside the frame that the context names.

The first POST changes nothing: the action is tried and undone, so that what is impossible is said at its question, and
the page that follows shows the answers. They travel in that page, not in a session, so two tabs never mix. What the
answers rest on travels with them, by its version: if any of it changed meanwhile, nothing is done and the page says
who changed what.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xgov.access.memory import forget
from xgov.access.roles import type_of_text
from xgov.pages.forms.plain import GovukManners
from xgov.pages.forms.problems import Problem
from xgov.pages.forms.slips import NO_ANSWERS, outcome_of
from xgov.pages.values import moment
from xgov.records.errors import ChangedMeanwhile
from xgov.records.models import GovernedModel

SEEN, CONFIRMED, CHANGE = "check-seen", "check-confirmed", "check-change"
_NOT_CARRIED = {SEEN, CONFIRMED, CHANGE, *NO_ANSWERS}


class Seen(NamedTuple):
    """Something that the answers rest on and that is not one record: a text by its SHA-256, a list by its members."""

    name: type_of_text
    state: str


@dataclass(frozen=True)
class Row:
    """One answer on the page."""

    field: BoundField
    words: str

    @property
    def target(self) -> str:
        return self.field.error_target


class Check:
    """Whether answers have been read again, and whether what they rest on is still as it was."""

    def __init__(
        self, request: HttpRequest, form: GovukManners, *seen: GovernedModel | Seen, on_a_page: bool = True,
        follows_answers: bool = False,
    ) -> None:  # fmt: skip
        """`on_a_page` False: the form is its own check, and only stops when something changed meanwhile.

        `follows_answers`: what is seen depends on the answers, so that it is known only once they have been read again.
        """
        self.form = form
        self.on_a_page = on_a_page
        self.follows_answers = follows_answers
        self.changed: list[str] = []
        self._posted = request.POST
        self._things = {_key(thing): thing for thing in seen}
        self._tried = False
        form.check = self

    @property
    def seen(self) -> str:
        """The versions of what the page shows, to send along."""
        return " ".join(f"{key}={_state(thing)}" for key, thing in self._things.items())

    @property
    def is_due(self) -> bool:
        """The page with the answers is the one to show: at once where nothing is asked."""
        return self._tried or (not self.form.is_bound and not self.form.visible_fields())

    def carry_out(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Do it if it has been checked; else see whether it could be done. For valid forms."""
        if CHANGE in self._posted:
            return False
        if self.was_done(by=kwargs.get("by")):
            return True
        if CONFIRMED in self._posted or not self.follows_answers:
            self.changed = self._since(self._posted.get(SEEN, self.seen))
        try:
            if not self._is_confirmed:
                self._tried = self.on_a_page and self._would_do(action, *args, **kwargs)
                return False
            return self.form.carry_out(action, *args, **kwargs)
        except ChangedMeanwhile as clash:
            self.changed = [_line(_("This"), clash.by, moment(clash.when))]
            self._tried = self.on_a_page
            return False

    def was_done(self, *, by: Any) -> bool:
        """The very same was confirmed already, by a second press or a slow line: `form.result` is what came of it.

        A view asks this first where the form would refuse the answers once they are carried out.
        """
        self.form.result = outcome_of(self._posted, by)
        return self.form.result is not None

    @property
    def _is_confirmed(self) -> bool:
        if self.changed:
            return False
        return not self.on_a_page or (CONFIRMED in self._posted and SEEN in self._posted)

    def _would_do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Whether the action would be done: it is, and undone at once. If not, the form says why."""
        with transaction.atomic():
            done = self.form.carry_out(action, *args, **kwargs)
            transaction.set_rollback(True)
        forget()
        self.form.result = None
        return done

    def _since(self, seen: str) -> list[str]:
        """What is not as it was, in words."""
        before = dict(part.partition("=")[::2] for part in seen.split())
        found = [_told(thing) for key, thing in self._things.items() if before.pop(key, None) != _state(thing)]
        return found or ([_("Something that was there is there no longer.")] if before else [])

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The answers as they were typed, to send along."""
        return [(name, value) for name, values in self._posted.lists() if name not in _NOT_CARRIED for value in values]

    @property
    def groups(self) -> list[tuple[type_of_text, list[Row]]]:
        """The answers in words, under the headings of the form."""
        if not self.form.is_bound:
            return []
        groups = [(heading, self._rows(fields)) for heading, fields in self.form.grouped]
        return [(heading, rows) for heading, rows in groups if rows]

    def _rows(self, fields: Iterable[BoundField]) -> list[Row]:
        passed_over = self.form.not_checked
        return [Row(field, self.form.in_words(field.name)) for field in fields if field.name not in passed_over]

    @property
    def problem(self) -> Problem:
        words = _("Something has changed since you opened this. Nothing has been done: check again, then confirm.")
        return Problem(words, "changed-since")


def _key(thing: GovernedModel | Seen) -> str:
    return str(thing.name).replace(" ", "_") if isinstance(thing, Seen) else f"{thing._meta.label_lower}:{thing.pk}"


def _state(thing: GovernedModel | Seen) -> str:
    return thing.state if isinstance(thing, Seen) else str(thing.lock_version)


def _told(thing: GovernedModel | Seen) -> str:
    if isinstance(thing, Seen):
        return _("%(what)s has changed.") % {"what": thing.name}
    newest = thing.history.order_by("-history_id").first()
    kind = str(thing._meta.verbose_name)
    name = f"{kind[:1].upper()}{kind[1:]}: {thing}"
    return _line(name, newest.history_signer, moment(newest.history_date))


def _line(name: str, by: str, when: str) -> str:
    return _("%(what)s. Changed by %(by)s, %(when)s.") % {"what": name, "by": by, "when": when}
