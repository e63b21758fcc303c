from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission
from xgov.pages.navigation import programme_pages, service_pages

service_pages.register("programmes", _("Programmes"), "programmes:list", order=20)

programme_pages.register("overview", _("Overview"), "programmes:programme", order=10, needs=Permission.VIEW)
programme_pages.register("set-up", _("Set-up"), "programmes:set-up", order=20, needs=Permission.CONTRIBUTE)
programme_pages.register("people", _("Parties and people"), "programmes:people", order=30, needs=Permission.VIEW)
programme_pages.register("history", _("History"), "programmes:history", order=130, needs=Permission.VIEW)
