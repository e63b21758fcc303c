"""What follows in the boardroom when a department leaves a programme."""

from governance.actions.signing import come_into_force_if_complete
from governance.models import AgreementVersion
from programmes.leaving import when_a_department_leaves
from programmes.models import Party
from xgov.accounts.models import User


@when_a_department_leaves
def texts_that_waited_only_for_it(party: Party, by: User) -> None:
    """A text that everybody named in it has signed was held up by a department that it does not name."""
    for version in AgreementVersion.objects.open_for_signature().filter(programme=party.programme).order_by("pk"):
        come_into_force_if_complete(version, by=by)
