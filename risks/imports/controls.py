"""Reads the sheet of what is in place against the risks, and whether it works."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from risks import assurance
from risks.imports.beside import Beside
from risks.imports.cells import Cells, Wrong
from risks.imports.plans import Step
from risks.models import Control

_IN_PLACE = Control.Status.IN_PLACE


class Controls(Beside):
    kind = "control"
    model = Control
    header = frozenset({"risk", "text", "type", "line"})
    compared = ("text", "type", "line", "owner", "department", "effectiveness", "checked_on", "checked_by", "status")
    unknown = gettext_lazy("is not a control that you can see. Leave it empty to add one")
    moved = gettext_lazy("is another risk: a control stays with its own")

    def asked(self, cells: Cells, present: Any, before: Any) -> Iterator[Step]:
        answers = {
            "text": cells.needed("text"),
            "type": cells.choice("type", assurance.TYPE_CHOICES),
            "line": cells.choice("line", assurance.LINE_CHOICES),
            "owner": self.owner(cells, present, before),
            "department": self.department(cells, present, before),
        }
        status = cells.choice("status", Control.Status.choices, present.status if present else _IN_PLACE)
        check = self._check(cells, present, before)
        if present is None:
            if status != _IN_PLACE:
                raise Wrong("status", _("must be “In place” for a new control"))
            yield self.step(cells, "add", _("%(risk)s, added: %(text)s"), {**answers, "check": check})
            return
        edits = self.edits(answers, present, before)
        checked = self.edits(check or {}, present, before)
        for key in (*edits, *checked):
            if present.status != _IN_PLACE:
                raise Wrong(key, _("changes a control that has ended. Add it anew if it is in place again"))
        if edits:
            yield self.change(cells, _("%(risk)s, changed: %(text)s"), present, edits)
        if checked:
            step = self.change(cells, _("%(risk)s, checked: %(text)s"), present, checked)
            step.verb, step.answers = "check", check
            yield step
        if status not in (present.status, before.status):
            yield self._ended(cells, present, status)

    def _check(self, cells: Cells, present: Any, before: Any) -> dict[str, Any] | None:
        """What the row says of the last check, whole; None where nobody has looked."""
        found = {
            "effectiveness": cells.choice("effectiveness", assurance.EFFECTIVENESS_CHOICES, assurance.NOT_CHECKED),
            "checked_on": cells.day("checked_on"),
            "checked_by": cells.text("checked_by"),
        }
        if not cells.has("effectiveness"):
            return None
        if found["effectiveness"] != assurance.NOT_CHECKED:
            if not found["checked_by"]:
                raise Wrong("checked_by", _("is empty, but the row says how well it works. Say who looked"))
            return found
        for key in ("checked_on", "checked_by"):
            if cells.text(key):
                raise Wrong(key, _("is given, but the row does not say how well it works"))
        if present is not None and assurance.NOT_CHECKED not in (before.effectiveness, present.effectiveness):
            raise Wrong("effectiveness", _("cannot be taken back: this control has been checked"))
        return None

    def _ended(self, cells: Cells, present: Any, status: str) -> Step:
        if status == _IN_PLACE:
            raise Wrong("status", _("cannot be taken back: this control has ended. Add it anew"))
        if not cells.row.reason:
            raise Wrong("reason", _("is empty, but the row ends a control. Say why"))
        return self.step(cells, "end", _("%(risk)s, ended: %(text)s"), {}, present)
