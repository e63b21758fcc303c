"""What keeps the memorandum from binding every partner, in the same words wherever it is told."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from governance.actions.signing import newcomers
from governance.models import AgreementVersion, Signature
from xgov.accounts.models import Department


def holds_up(version: AgreementVersion) -> list[str]:
    """Why a text that is open for signature cannot come into force, whoever else signs it."""
    found = []
    if joined := newcomers(version):
        words = _("The text does not name %(departments)s: withdraw it and start a new version.")
        found.append(words % {"departments": _names(party.department for party in joined)})
    if gone := [place.department for place in version.never_signed if place.has_left]:
        words = _("The text names %(departments)s, no longer in the programme: withdraw it and start a new version.")
        found.append(words % {"departments": _names(gone)})
    if moved := [place for place in version.never_signed if not place.has_left]:
        words = _("The text names as partners %(departments)s: withdraw it and start a new version.")
        found.append(words % {"departments": ", ".join(_with_part(place) for place in moved)})
    return found


def _with_part(place: Signature) -> str:
    named = {"department": place.department.short_name, "part": place.other_part}
    return _("%(department)s (now %(part)s)") % named


def binds_not(version: AgreementVersion, is_replaced: bool) -> str:
    """Whom a text in force does not bind, because they joined after it was signed; `is_replaced`: by one in the making.

    Empty if it names every partner.
    """
    joined = newcomers(version)
    if not joined:
        return ""
    words = _("%(departments)s joined after it was signed: write a new version.")
    if is_replaced:
        words = _("%(departments)s joined after it was signed; a new version is in the making.")
    return words % {"departments": _names(party.department for party in joined)}


def _names(departments: Iterable[Department]) -> str:
    return ", ".join(sorted(department.short_name for department in departments))
