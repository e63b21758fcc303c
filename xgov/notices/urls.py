from django.urls import path

from xgov.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.mark_read, name="mark-read"),
    path("notices/email/", views.email, name="email"),
]
