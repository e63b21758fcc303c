"""For which categories the departments of a programme agree how much risk they seek and bear.

Those that the register uses; others only while an appetite, or a live risk that the reader sees, is in them.
"""

from programmes.models import Programme
from risks import categories
from risks.categories import Category
from risks.models import Appetite, Risk
from risks.register_terms import Terms
from xgov.accounts.models import User


def to_agree_on(programme: Programme, reader: User, terms: Terms) -> list[Category]:
    found = {*terms.categories, *_still_filled(programme, reader)}
    return [each for each in categories.CATEGORIES if each.code in found]


def is_to_agree_on(category: str, programme: Programme, reader: User, terms: Terms) -> bool:
    return category in terms.categories or category in _still_filled(programme, reader)


def _still_filled(programme: Programme, reader: User) -> set[str]:
    agreed = Appetite.objects.visible_to(reader).filter(programme=programme).not_over()
    risks = Risk.objects.visible_to(reader).filter(programme=programme).live()
    return {code for rows in (agreed, risks) for code in rows.order_by().values_list("category", flat=True).distinct()}
