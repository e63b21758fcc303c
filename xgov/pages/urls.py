from django.urls import path

from xgov.pages import views

app_name = "pages"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("saved-filters/", views.saved_filters, name="saved-filters"),
    path("saved-filters/save/", views.save_filter, name="save-filter"),
    path("saved-filters/<int:pk>/remove/", views.remove_filter, name="remove-filter"),
    path("history/<str:label>/<int:pk>/", views.record_history, name="history"),
    path("who/<str:label>/<int:pk>/", views.who, name="who"),
]
