from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission
from xgov.pages.navigation import programme_pages, service_pages

service_pages.register("boards", _("Boards"), "governance:board-list", order=30)
programme_pages.register("packs", _("Packs"), "governance:programme-packs", order=120, needs=Permission.VIEW)
programme_pages.register("decisions", _("Decisions"), "governance:decision-list", order=50, needs=Permission.VIEW)
programme_pages.register("agreements", _("Agreements"), "governance:agreement-list", order=70, needs=Permission.VIEW)
