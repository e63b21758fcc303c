from django.urls import path

from programmes.forms import TOPICS
from programmes.views import (
    confidence,
    creating,
    delivery_models,
    histories,
    lists,
    parties,
    people,
    programmes,
    returns,
    set_up,
    statuses,
)

app_name = "programmes"

IN = "programmes/<str:reference>/"

urlpatterns = [
    path("programmes/", lists.programme_list, name="list"),
    path("programmes/new/", creating.new_programme, name="new"),
    path(IN, programmes.programme, name="programme"),
    path(f"{IN}set-up/", set_up.set_up, name="set-up"),
    *(path(f"{IN}{key}/", programmes.change, {"topic": key}, name=key) for key in TOPICS),
    path(f"{IN}status/", statuses.status, name="status"),
    path(f"{IN}delivery-model/", delivery_models.delivery_model, name="delivery-model"),
    path(f"{IN}delivery-model/choose/", delivery_models.choose_model, name="choose-model"),
    path(f"{IN}confidence/", confidence.confidence, name="confidence"),
    path(f"{IN}confidence/rate/", confidence.rate, name="rate"),
    path(f"{IN}people/", people.people, name="people"),
    path(f"{IN}people/appoint/", people.appoint, name="appoint"),
    path(f"{IN}people/<int:pk>/end/", people.end, name="end-appointment"),
    path(f"{IN}departments/invite/", parties.invite, name="invite"),
    path(f"{IN}departments/<slug:slug>/", parties.party, name="party"),
    path(f"{IN}departments/<slug:slug>/accept/", parties.accept, name="accept"),
    path(f"{IN}departments/<slug:slug>/decline/", parties.decline, name="decline"),
    path(f"{IN}departments/<slug:slug>/contribution/", parties.contribution, name="contribution"),
    path(f"{IN}departments/<slug:slug>/withdraw/", parties.withdraw, name="withdraw"),
    path(f"{IN}departments/<slug:slug>/kept/", parties.kept, name="kept"),
    path(f"{IN}portfolio-returns/", returns.returns, name="returns"),
    path(f"{IN}history/", histories.history, name="history"),
]
