"""Who can sign: the people who may sign for a department, and may see what they would sign."""

from collections.abc import Iterable

from governance.models import AgreementVersion, Signature
from xgov.access.explaining import who_may
from xgov.access.permissions import Permission
from xgov.accounts.models import Department


def without_signatory(version: AgreementVersion, departments: Iterable[Department]) -> list[Department]:
    """The departments among these for which nobody can sign this version today."""
    places = [
        Signature(version=version, programme=version.programme, department=department) for department in departments
    ]
    found = who_may(Permission.SIGN, places)
    return [place.department for place, people in zip(places, found, strict=True) if not people]
