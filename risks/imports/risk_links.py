"""Reads the sheet of what the risks have to do with one another."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from risks.exports import LINK_STATUS
from risks.imports.beside import Beside
from risks.imports.cells import Cells, Wrong
from risks.imports.plans import Step
from risks.imports.surroundings import Surroundings
from risks.models import RiskLink
from xgov.access.roles import type_of_text
from xgov.accounts.models import User

_KINDS = RiskLink.Kind.choices


class Links(Beside):
    """Within the programme. A link whose kind or other end is changed ends, and another begins."""

    kind = "link"
    model = RiskLink
    header = frozenset({"risk", "kind", "other"})
    compared = ("kind", "until", "shared_upwards_at")
    unknown = gettext_lazy("is not a link that you can see. Leave it empty to add one")
    moved = gettext_lazy("is another risk: end this link and add one there")

    @classmethod
    def records(cls, around: Surroundings, by: User | None) -> QuerySet:
        found = RiskLink.objects.filter(programme=around.programme, other__programme=around.programme)
        return (found if by is None else found.visible_to(by)).select_related("risk", "other")

    @property
    def labels(self) -> dict[str, type_of_text]:
        named = super().labels
        return {**named, "until": named["status"], "shared_upwards_at": named["shared"]}

    def asked(self, cells: Cells, present: Any, before: Any) -> Iterator[Step]:
        kind, other = cells.choice("kind", _KINDS), cells.needed("other")
        goes_on = cells.choice("status", LINK_STATUS.items(), present.until is None if present else True)
        shared = self._yes_or_no(cells, present)
        if other not in self.references:
            raise Wrong("other", _("is not a risk of this register that you can see, nor of this file"))
        if present is None:
            if not goes_on:
                raise Wrong("status", _("must be “In place” for a new link"))
            yield self._added(cells, kind, other, shared)
            return
        is_another = kind not in (before.kind, present.kind) or other != present.other.reference
        was_shared = {before.shared_upwards_at is not None, present.shared_upwards_at is not None}
        if present.until is not None:
            if is_another or shared not in was_shared or (goes_on and before.until is not None):
                raise Wrong("status" if goes_on else "kind", _("changes a link that has ended. Add another"))
        elif not goes_on:
            yield self.step(cells, "end", _("no longer linked: %(text)s"), {}, present)
        elif is_another:
            yield self.step(cells, "end", _("no longer linked: %(text)s"), {}, present)
            yield self._added(cells, kind, other, shared and shared not in was_shared)
        elif shared not in was_shared:
            yield self._shared(cells, present, shared)

    def _yes_or_no(self, cells: Cells, present: Any) -> bool:
        is_shared = present is not None and present.is_shared_upwards
        return cells.choice("shared", [(True, _("Yes")), (False, _("No"))], is_shared)

    def _added(self, cells: Cells, kind: str, other: str, shared: bool) -> Step:
        if shared and kind != RiskLink.Kind.CHILD_OF:
            raise Wrong("shared", _("can be “Yes” only for a risk that is part of another"))
        about = f"{cells.row.key} {str(dict(_KINDS)[kind]).lower()} {other}"
        answers = {"kind": kind, "other": other, "shared": shared}
        return self.step(cells, "add", _("linked: %(text)s"), answers, about=about)

    def _shared(self, cells: Cells, present: Any, shared: bool) -> Step:
        if shared:
            return self.step(cells, "share", _("counts in the other risk: %(text)s"), {}, present)
        if not cells.row.reason:
            raise Wrong("reason", _("is empty, but the row says that it no longer counts. Say why"))
        return self.step(cells, "keep", _("no longer counts in the other risk: %(text)s"), {}, present)
