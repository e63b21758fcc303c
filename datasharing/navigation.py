from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission
from xgov.pages.navigation import programme_pages

programme_pages.register("data-sharing", _("Data sharing"), "datasharing:plan", order=80, needs=Permission.VIEW)
