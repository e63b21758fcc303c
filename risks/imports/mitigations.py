"""Reads the sheet of what is done about the risks."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from risks.imports.beside import Beside
from risks.imports.cells import Cells, Wrong
from risks.imports.meanwhile import same, stored
from risks.imports.plans import Step
from risks.models import Mitigation

_PLANNED, _DONE = Mitigation.Status.PLANNED, Mitigation.Status.DONE


class Mitigations(Beside):
    kind = "mitigation"
    model = Mitigation
    header = frozenset({"risk", "text", "due"})
    compared = ("text", "owner", "department", "due", "status", "done_on")
    unknown = gettext_lazy("is not a mitigation that you can see. Leave it empty to add one")
    moved = gettext_lazy("is another risk: a mitigation stays with its own")

    def asked(self, cells: Cells, present: Any, before: Any) -> Iterator[Step]:
        answers = {
            "text": cells.needed("text"), "due": cells.needed("due") and cells.day("due"),
            "owner": self.owner(cells, present, before), "department": self.department(cells, present, before),
        }  # fmt: skip
        status = cells.choice("status", Mitigation.Status.choices, present.status if present else _PLANNED)
        if status != _DONE and cells.text("done_on"):
            raise Wrong("done_on", _("is given, but the row does not say that it is done"))
        if present is None:
            if status != _PLANNED:
                raise Wrong("status", _("must be “Planned” for a new mitigation"))
            yield self.step(cells, "add", _("%(risk)s, added: %(text)s"), answers)
            return
        edits = self.edits(answers, present, before)
        if edits and present.status != _PLANNED:
            raise Wrong(next(iter(edits)), _("changes what is no longer planned"))
        if edits:
            yield self.change(cells, _("%(risk)s, changed: %(text)s"), present, edits)
        if status not in (present.status, before.status):
            yield self._ended(cells, present, status)
        elif cells.has("done_on") and self._is_another_day(cells, present, before):
            raise Wrong("done_on", _("cannot be changed here: it has been done"))

    def _is_another_day(self, cells: Cells, present: Any, before: Any) -> bool:
        day = cells.day("done_on")
        return not same(day, stored(before, "done_on")) and not same(day, stored(present, "done_on"))

    def _ended(self, cells: Cells, present: Any, status: str) -> Step:
        if present.status != _PLANNED or status == _PLANNED:
            raise Wrong("status", _("cannot be changed here: it has been done or dropped"))
        if status == _DONE:
            return self.step(cells, "finish", _("%(risk)s, done: %(text)s"), {"done_on": cells.day("done_on")}, present)
        if not cells.row.reason:
            raise Wrong("reason", _("is empty, but the row drops a mitigation. Say why"))
        return self.step(cells, "drop", _("%(risk)s, dropped: %(text)s"), {}, present)
