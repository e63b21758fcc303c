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


def signed_and_left(version: AgreementVersion) -> str:
    """Who left after signing a text that is open. Those who remain can bring it into force, if nothing holds it up."""
    if not version.signed_and_left:
        return ""
    words = _("%(departments)s left after signing: the text can come into force, but names %(departments)s still.")
    if holds_up(version):
        words = _("%(departments)s left after signing, and the text names %(departments)s still.")
    return words % {"departments": _names(place.department for place in version.signed_and_left)}


def differs(version: AgreementVersion, is_replaced: bool) -> str:
    """Where the partners of today are not those that a text in force names; `is_replaced`: by one in the making.

    Empty if it names every partner, and no department that has left.
    """
    changes = [
        (_("%(departments)s joined after it was signed"), [party.department for party in newcomers(version)]),
        (_("%(departments)s left after signing it"), [place.department for place in version.signed_and_left]),
    ]
    found = [words % {"departments": _names(departments)} for words, departments in changes if departments]
    if not found:
        return ""
    words = _("%(changes)s; a new version is in the making.") if is_replaced else _("%(changes)s: write a new version.")
    return words % {"changes": "; ".join(found)}


def _names(departments: Iterable[Department]) -> str:
    return ", ".join(sorted(department.short_name for department in departments))
