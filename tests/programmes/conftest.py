import pytest

from tests.cast import Cast
from tests.factories import make_membership, make_person
from xgov.accounts.models import User


@pytest.fixture
def partner_manager(cast: Cast) -> User:
    """Programme manager of a department that is a partner."""
    person = make_person("manager@dwp.example", "Priya Partner", cast.dwp)
    make_membership(person, cast.dwp, "programme_manager")
    return person
