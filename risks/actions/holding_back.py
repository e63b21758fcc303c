"""When a risk becomes sensitive, so do the spreadsheets that speak of it: their pages and their files."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.models import ImportedRow, RegisterImport, Risk
from xgov.records.fields import Marking
from xgov.records.holding import hold_all

_NAMED = 5  # risks, in the reason that its history gives


def hold_back_imports(programme: Programme, risks: Collection[Risk]) -> None:
    """Called with the programme held, in the transaction that marks the risks and by whoever signs for it."""
    now_sensitive = {risk.pk: risk.reference for risk in risks if risk.marking == Marking.OFFICIAL_SENSITIVE}
    if not now_sensitive:
        return
    about = _speaking_of(programme, now_sensitive)
    found = hold_all(RegisterImport.objects.filter(pk__in=about))
    for brought in found:
        brought.marking = Marking.OFFICIAL_SENSITIVE
        words = _("It speaks of %(risks)s, marked OFFICIAL-SENSITIVE now")
        brought._change_reason = words % {"risks": ", ".join(sorted(about[brought.pk])[:_NAMED])}
    if found:
        RegisterImport.objects.save_many(found, ["marking"])


def _speaking_of(programme: Programme, risks: dict[int, str]) -> dict[int, set[str]]:
    """The references that each spreadsheet speaks of. One of which nobody has noted what it names may name them all."""
    references = set(risks.values())
    by_mapping: dict[int, set[str]] = {}
    for mapping, risk in ImportedRow.objects.filter(risk__in=risks).values_list("mapping", "risk"):
        by_mapping.setdefault(mapping, set()).add(risks[risk])
    others = RegisterImport.objects.filter(programme=programme).exclude(marking=Marking.OFFICIAL_SENSITIVE)
    found = {}
    for pk, mapping, names in others.order_by().values_list("pk", "mapping", "plan__references"):
        named = (references if names is None else references & set(names)) | by_mapping.get(mapping, set())
        if named:
            found[pk] = named
    return found
