from django.urls import include, path, re_path

from risks.models.risks import REFERENCE
from risks.views import (
    acceptances,
    affected,
    appetites,
    assurance,
    controls,
    department_appetites,
    endings,
    entries,
    escalations,
    gathered,
    heat_maps,
    imports,
    links,
    matching,
    mitigations,
    registers,
    risks,
    scores,
    settings,
    together,
    trails,
    treatments,
)

app_name = "risks"

of_a_mitigation = [
    path("", mitigations.change, name="change-mitigation"),
    path("finish/", mitigations.finish, name="finish-mitigation"),
    path("drop/", mitigations.drop, name="drop-mitigation"),
]

of_an_escalation = [
    path("acknowledge/", escalations.acknowledge, name="acknowledge-escalation"),
    path("answer/", escalations.respond, name="answer-escalation"),
    path("return/", escalations.return_it, name="return-escalation"),
    path("close/", escalations.close, name="close-escalation"),
]

of_a_control = [
    path("", controls.change, name="change-control"),
    path("check/", controls.check, name="check-control"),
    path("end/", controls.end, name="end-control"),
]

of_a_link = [
    path("end/", links.end, name="end-link"),
    path("share/", links.share, name="share-link"),
]

of_a_risk = [
    path("", risks.risk, name="risk"),
    path("change/", risks.change, name="change"),
    path("open/", risks.open_draft, name="open"),
    path("score/", scores.rescore, name="rescore"),
    path("close/", endings.close, name="close"),
    path("reopen/", endings.reopen, name="reopen"),
    path("affects/", affected.change, name="affects"),
    path("accept/", acceptances.accept, name="accept"),
    path("acceptances/<int:pk>/withdraw/", acceptances.withdraw, name="withdraw-acceptance"),
    path("treatment/", treatments.treatment, name="treatment"),
    path("controls/add/", controls.add, name="add-control"),
    path("controls/<int:pk>/", include(of_a_control)),
    path("links/", links.links, name="links"),
    path("links/add/", links.add, name="add-link"),
    path("links/<int:pk>/", include(of_a_link)),
    path("trail/", trails.trail, name="trail"),
    path("mitigations/add/", mitigations.add, name="add-mitigation"),
    path("mitigations/<int:pk>/", include(of_a_mitigation)),
    path("escalate/", escalations.escalate, name="escalate"),
    path("escalations/<int:pk>/", include(of_an_escalation)),
]

of_the_settings = [
    path("", settings.settings, name="settings"),
    path("propose/", settings.propose, name="propose-settings"),
    path("<int:number>/", settings.version, name="settings-version"),
    path("<int:number>/withdraw/", settings.withdraw, name="withdraw-settings"),
    path("<int:number>/start/", settings.start, name="start-settings"),
    path("<int:number>/answer/<slug:slug>/", settings.answer, name="answer-settings"),
]

of_a_spreadsheet = [
    path("", imports.preview, name="import"),
    path("file/", imports.kept_file, name="import-file"),
    path("columns/", matching.columns, name="match-columns"),
    path("words/", matching.words, name="match-words"),
    path("look/", imports.look_again, name="look-at-import"),
    path("apply/", imports.apply, name="apply-import"),
    path("put-aside/", imports.put_aside, name="put-aside-import"),
]

of_a_programme = [
    path("", registers.programme_risks, name="list"),
    path("add/", risks.add, name="add"),
    path("together/<str:verb>/", together.together, name="together"),
    path("spreadsheets/", imports.spreadsheets, name="spreadsheets"),
    path("spreadsheets/register.xlsx", imports.workbook, name="workbook"),
    path("spreadsheets/bring/", imports.bring, name="bring"),
    path("spreadsheets/<int:number>/", include(of_a_spreadsheet)),
    path("movers/", gathered.movers, name="movers"),
    path("departments/", gathered.by_department, name="by-department"),
    path("heat-map/", heat_maps.heat_map, name="heat-map"),
    path("settings/", include(of_the_settings)),
    path("assurance/", assurance.assurance, name="assurance"),
    *entries.addresses(),
    path("appetite/", appetites.appetite, name="appetite"),
    path("appetite/<str:category>/", appetites.change, name="change-appetite"),
    path("appetite/<str:category>/<slug:slug>/", appetites.change_of_party, name="change-party-appetite"),
    path("escalations/", escalations.escalations, name="escalations"),
    re_path(rf"^(?P<number>{REFERENCE})/", include(of_a_risk)),
]

urlpatterns = [
    path("risks/", registers.all_risks, name="all"),
    path("risks/portfolio/", gathered.portfolio, name="portfolio"),
    path("risks/heat-map/", heat_maps.over_programmes, name="heat-map-over-programmes"),
    path("risks/gathered/", gathered.gathered, name="gathered"),
    path("programmes/<str:reference>/risks/", include(of_a_programme)),
    path("departments/<slug:slug>/risk-appetite/", department_appetites.appetite, name="department-appetite"),
    path(
        "departments/<slug:slug>/risk-appetite/<str:category>/",
        department_appetites.change,
        name="change-department-appetite",
    ),
]
