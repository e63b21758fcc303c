"""The boardroom's addresses, noun by noun."""

from django.urls import path

from governance.views import boards as board_views
from governance.views import packs as pack_views

app_name = "governance"

boards: list = [
    path("boards/", board_views.board_list, name="board-list"),
    path("boards/<slug:slug>/", board_views.board, name="board"),
    path("boards/<slug:slug>/change/", board_views.change_board, name="change-board"),
    path("boards/<slug:slug>/running-order/", board_views.running_order, name="running-order"),
    path("boards/<slug:slug>/close/", board_views.close_board, name="close-board"),
    path("boards/<slug:slug>/seats/add/", board_views.add_seat, name="add-seat"),
    path("boards/<slug:slug>/seats/<int:pk>/end/", board_views.end_seat, name="end-seat"),
    path("programmes/<str:reference>/boards/add/", board_views.add_board, name="add-board"),
]
packs: list = [
    path("programmes/<str:reference>/packs/", board_views.programme_packs, name="programme-packs"),
    path("boards/<slug:slug>/packs/issue/", pack_views.issue_pack, name="issue-pack"),
    path("boards/<slug:slug>/packs/<int:number>/", pack_views.pack, name="pack"),
    path("boards/<slug:slug>/packs/<int:number>/pdf/", pack_views.pack_pdf, name="pack-pdf"),
]
decisions: list = []
agreements: list = []

urlpatterns = [*boards, *packs, *decisions, *agreements]
