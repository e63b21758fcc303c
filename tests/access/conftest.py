import pytest

from tests.access.ground import Ground, lay
from tests.cast import Cast


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return lay(cast)
