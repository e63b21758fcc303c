from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """The boardroom: boards and their packs, decisions, agreements. It looks at all other rooms; none looks at it."""

    name = "governance"
