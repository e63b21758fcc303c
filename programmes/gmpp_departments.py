"""Which department a code of the portfolio's department column means, where GOV.UK gives it another abbreviation.

Source: the department columns of the GMPP data, March 2021 to March 2025, against the GOV.UK organisations API,
1 June 2026. Every other code is GOV.UK's abbreviation, whatever its capitals.
"""

from xgov.accounts.models import Department

# code -> GOV.UK address
CODES = {
    "CO": "cabinet-office",
    "HO": "home-office",
    "HMLR": "land-registry",
    "DH": "department-of-health",
    "DCLG": "department-for-communities-and-local-government",
    "FCO": "foreign-commonwealth-office",
}
_OF_STATE = (Department.Kind.MINISTERIAL_DEPARTMENT, Department.Kind.NON_MINISTERIAL_DEPARTMENT)


class Departments:
    """Finds a department by the code or the name that a publication gives."""

    def __init__(self) -> None:
        self._by_slug: dict[str, Department] = {}
        self._by_words: dict[str, Department] = {}
        for department in sorted(Department.objects.all(), key=_standing):
            self._by_slug[department.slug] = department
            for words in (department.name, department.abbreviation):
                if words:
                    self._by_words[_key(words)] = department  # the one of the highest standing comes last and stays

    def find(self, code: str) -> Department | None:
        by_code = self._by_slug.get(CODES.get(code.strip().upper(), ""))
        return by_code or self._by_words.get(_key(code))


def _standing(department: Department) -> tuple[bool, bool, str]:
    """Thirteen abbreviations are used twice: a department of state goes first, then an open body."""
    return department.kind in _OF_STATE, not department.is_closed, department.slug


def _key(words: str) -> str:
    return " ".join(words.casefold().replace("&", "and").split())
