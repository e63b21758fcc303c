from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """The boardroom: boards and their packs, decisions, agreements. It looks at all other rooms; none looks at it."""

    name = "governance"

    def ready(self) -> None:
        from xgov.records.events import event_kind

        event_kind("pack_issued", _("Board pack issued"))
        event_kind("pack_downloaded", _("Board pack downloaded"))
