"""The boardroom's addresses, noun by noun."""

from django.urls import include, path

from governance.views import agreements as agreement_views
from governance.views import boards as board_views
from governance.views import decisions as decision_views
from governance.views import packs as pack_views
from governance.views import signing as signing_views
from governance.views import versions as version_views

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
of_a_decision = [
    path("", decision_views.decision, name="decision"),
    path("change/", decision_views.change_decision, name="change-decision"),
    path("make/", decision_views.make_decision, name="make-decision"),
    path("supersede/", decision_views.supersede_decision, name="supersede-decision"),
    path("withdraw/", decision_views.withdraw_decision, name="withdraw-decision"),
    path("positions/<slug:department>/", decision_views.position, name="position"),
]
decisions: list = [
    path("programmes/<str:reference>/decisions/", decision_views.decision_list, name="decision-list"),
    path("programmes/<str:reference>/decisions/propose/", decision_views.propose_decision, name="propose-decision"),
    path("programmes/<str:reference>/decisions/<str:number>/", include(of_a_decision)),
]

of_a_version = [
    path("", version_views.version, name="agreement-version"),
    path("text/", version_views.version_text, name="agreement-text"),
    path("pdf/", version_views.version_pdf, name="agreement-pdf"),
    path("differences/", agreement_views.differences, name="agreement-differences"),
    path("open/", version_views.open_version, name="open-version"),
    path("withdraw/", version_views.withdraw_version, name="withdraw-version"),
    path("fill-in/", version_views.follow_record, name="fill-in-version"),
    path("clauses/<slug:key>/", version_views.change_clause, name="change-clause"),
    path("clauses/<slug:key>/fill-in/", version_views.fill_in_again, name="fill-in-clause"),
]
of_an_agreement = [
    path("", agreement_views.agreement, name="agreement"),
    path("change/", agreement_views.change_agreement, name="change-agreement"),
    path("end/", agreement_views.end_agreement, name="end-agreement"),
    path("sign/<slug:department>/", signing_views.sign_agreement, name="sign-agreement"),
    path("versions/new/", agreement_views.new_version, name="new-version"),
    path("versions/<int:version>/", include(of_a_version)),
]
agreements: list = [
    path("programmes/<str:reference>/agreements/", agreement_views.agreement_list, name="agreement-list"),
    path("programmes/<str:reference>/agreements/draft/", agreement_views.draft_agreement, name="draft-agreement"),
    path("programmes/<str:reference>/agreements/<str:number>/", include(of_an_agreement)),
]

urlpatterns = [*boards, *packs, *decisions, *agreements]
