from django.utils.translation import gettext_lazy as _

from xgov.pages.navigation import service_pages

service_pages.register("departments", _("Departments"), "accounts:department-list", order=40)
