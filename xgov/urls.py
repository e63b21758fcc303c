"""The front door: each app's addresses, nothing more."""

from django.urls import include, path

from xgov import home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("xgov.pages.urls")),
    path("", include("xgov.jobs.urls")),
    path("", include("xgov.notices.urls")),
    path("", include("xgov.accounts.urls")),
    path("", include("programmes.urls")),
    path("", include("risks.urls")),
    path("", include("datasharing.urls")),
    path("", include("governance.urls")),
]

handler500 = "xgov.pages.errors.broken"
