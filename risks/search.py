"""What of the risk register may be found: risks, and the issues, assumptions and dependencies beside them."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from risks import entry_lists
from risks.filters import EVERY_STATUS
from risks.models import Assumption, Dependency, Issue, Risk
from risks.models.entries import Entry
from xgov.access.roles import type_of_text
from xgov.accounts.models import User
from xgov.pages.registers import Register
from xgov.pages.search import Kind, ListOfAll, findable


def risks(person: User) -> QuerySet[Risk]:
    return Risk.objects.visible_to(person).select_related("programme")


def state_of(risk: Risk) -> str:
    said = {"status": risk.get_status_display(), "score": risk.residual}
    return _("%(status)s. Residual score: %(score)s") % said


findable(
    Kind(
        "risks", gettext_lazy("Risks"), order=20, seen_by=risks, reference="reference", name="title",
        texts=("cause", "event", "consequence"), state=state_of,
        lists=ListOfAll("risks:list", "risks:all", every_state=f"status={EVERY_STATUS}"),
    )
)  # fmt: skip


def _seen_of(kind: type[Entry], *more: str) -> Callable[[User], QuerySet]:
    return lambda person: kind.objects.visible_to(person).select_related("programme", *more)


def _entries(kind: type[Entry], key: str, heading: type_of_text, order: int, register: Register, *more: str) -> None:
    findable(
        Kind(
            key, heading, order, _seen_of(kind, *more), reference="reference", name="title",
            texts=[text for text in register.search if text not in ("reference", "title")],
            state=lambda entry: entry.outcome_words,
            lists=ListOfAll(f"risks:{key}", every_state=f"status={entry_lists.EVERY}"),
        )
    )  # fmt: skip


_entries(Issue, "issues", gettext_lazy("Issues"), 30, entry_lists.ISSUES)
_entries(Assumption, "assumptions", gettext_lazy("Assumptions"), 32, entry_lists.ASSUMPTIONS)
_entries(Dependency, "dependencies", gettext_lazy("Dependencies"), 34, entry_lists.DEPENDENCIES, "other_department")
