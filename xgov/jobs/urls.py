from django.urls import path

from xgov.jobs import views

app_name = "jobs"

urlpatterns = [
    path("health/", views.health, name="health"),
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("jobs/<uuid:job_id>/file/<str:file_name>", views.file, name="file"),
    path("jobs/<uuid:job_id>/cancel/", views.cancel, name="cancel"),
    path("jobs/<uuid:job_id>/try-again/", views.try_again, name="try-again"),
]
