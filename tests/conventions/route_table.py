"""The route table itself, and the scene its addresses need."""

from dataclasses import dataclass

from tests.cast import Cast, assemble
from tests.conventions.routes import EVERYONE, Route, page
from tests.conventions.routes_of_accounts import ROUTES_OF_ACCOUNTS
from tests.conventions.routes_of_datasharing import ROUTES_OF_DATASHARING
from tests.conventions.routes_of_decisions import ROUTES_OF_DECISIONS
from tests.conventions.routes_of_risks import ROUTES_OF_RISKS, register_of_the_scene
from xgov.accounts.models import User
from xgov.jobs.models import Job


@dataclass
class Scene:
    cast: Cast
    job: Job

    def person(self, who: str) -> User:
        return getattr(self.cast, who)


def set_scene() -> Scene:
    cast = assemble()
    register_of_the_scene(cast)
    return Scene(cast, Job.objects.create(kind="demo", title="A job", asked_by=cast.sro))


ROUTES: dict[str, Route] = {
    **ROUTES_OF_ACCOUNTS,
    **ROUTES_OF_DATASHARING,
    **ROUTES_OF_DECISIONS,
    **ROUTES_OF_RISKS,
    "home": page(EVERYONE),
}
