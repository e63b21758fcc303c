from django.urls import path

from xgov.pages import views

app_name = "pages"

urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("history/<str:label>/<int:pk>/", views.record_history, name="history"),
    path("who/<str:label>/<int:pk>/", views.who, name="who"),
]
