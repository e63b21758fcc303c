"""The route tables: one for each room of the house. An address that stands in none of them fails the suite."""

from tests.conventions.route_tables import (
    accounts,
    agreements,
    boards,
    building,
    datasharing,
    decisions,
    programmes,
    risks,
)
from tests.conventions.routes import Route

TABLES = (building, accounts, programmes, risks, datasharing, boards, decisions, agreements)

ROUTES: dict[str, list[Route]] = {
    name: routes if isinstance(routes, list) else [routes] for table in TABLES for name, routes in table.ROUTES.items()
}
