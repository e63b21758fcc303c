"""Terms that differ from the default in one thing each."""

from dataclasses import replace

from risks.register_terms import DEFAULT_TERMS, LocalCategory, Terms
from risks.scales import FIVE_BY_FIVE, NATIONAL_RISK_REGISTER

# Impact weighs more: the right-hand column is higher than the product.
HEAVIER = tuple((*row[:4], score) for row, score in zip(FIVE_BY_FIVE.matrix, (10, 14, 18, 22, 25), strict=True))

WEIGHTED: Terms = replace(DEFAULT_TERMS, scale=replace(FIVE_BY_FIVE, matrix=HEAVIER))
NATIONAL: Terms = replace(DEFAULT_TERMS, scale=NATIONAL_RISK_REGISTER)
WITH_WINTER: Terms = replace(DEFAULT_TERMS, local_categories=(LocalCategory("Winter pressures", "OPERATIONS"),))
