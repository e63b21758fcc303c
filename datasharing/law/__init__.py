"""The law as data: each list with its source and the day it was read."""

from datasharing.law import bases, conditions, powers, regimes

# What a page that uses the lists names at its foot.
LISTS = [
    regimes.SOURCE,
    bases.SOURCE,
    bases.ANNEX_1_SOURCE,
    bases.PUBLIC_AUTHORITY_SOURCE,
    powers.SOURCE,
    conditions.SOURCE,
]
