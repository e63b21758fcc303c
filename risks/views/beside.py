"""What stands beside a risk on its page."""

from risks.models import Assumption, Dependency, Issue, Risk
from risks.models.entries import Entry
from xgov.accounts.models import User


def beside(person: User, risk: Risk) -> list[Entry]:
    """The issues, assumptions and dependencies that are linked to the risk and that the person may see."""
    found: list[Entry] = []
    for kind in (Issue, Assumption, Dependency):
        linked = kind.objects.visible_to(person).filter(risk=risk)
        found += linked.select_related("owner", "kept_by", "programme")
    return found
