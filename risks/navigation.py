from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from xgov.access import standing
from xgov.access.permissions import Permission
from xgov.pages.navigation import programme_pages, service_pages


def sees_a_programme(user: Model) -> bool:
    """Whether any programme is open to the person: without one there is no risk to list."""
    return Permission.VIEW in standing.everywhere(user, Programme) or bool(
        standing.open_doors(user, Programme, Permission.VIEW)
    )


programme_pages.register("risks", _("Risks"), "risks:list", order=40, needs=Permission.VIEW)
service_pages.register("risks", _("Risks"), "risks:all", order=25, shown_to=sees_a_programme)
