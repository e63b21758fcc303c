"""Programmes: what is inside one is for those inside; an invited department sees its invitation alone."""

from tests.conventions.routes import AUDITING, CLEARED, EVERYONE, INSIDE, NOBODY, RUNNING, Rows, form, page

_RUNS_A_DEPARTMENTS_PROGRAMMES = {"manager", "outsider"}
_SEES_THE_INVITATION = {"manager", "contributor", "centre"}  # MHCLG's manager; DWP leads; the centre sees all

_TOPICS = ("details", "outcome", "dates", "who-decides", "data-needs", "cost", "who-pays", "review")

ROUTES: Rows = {
    "programmes:list": page(EVERYONE),
    "programmes:new": form(_RUNS_A_DEPARTMENTS_PROGRAMMES, seen_by=EVERYONE),
    "programmes:programme": [
        page(INSIDE, "programme"),
        page(CLEARED, "sensitive_programme"),
        page({"contributor", "centre"}, "programme_of_dwp"),
    ],
    "programmes:set-up": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    **{f"programmes:{topic}": form(RUNNING, "programme") for topic in _TOPICS},
    "programmes:status": form(RUNNING, "programme"),
    "programmes:delivery-model": page(INSIDE, "programme"),
    "programmes:choose-model": form(RUNNING, "programme"),
    "programmes:confidence": page(INSIDE, "programme"),
    "programmes:rate": form(RUNNING, "programme"),
    "programmes:people": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    "programmes:appoint": [
        form(RUNNING, "programme"),
        form(RUNNING, "sensitive_programme", seen_by=CLEARED),
    ],
    "programmes:end-appointment": form(RUNNING, "appointment"),
    "programmes:invite": form(RUNNING, "programme"),
    "programmes:party": [
        page(INSIDE, "lead_party"),
        page(INSIDE, "dwp_party"),
        page(_SEES_THE_INVITATION, "invitation"),
        page({"viewer", "contributor", "centre"}, "left_party"),
    ],
    "programmes:kept": [page({"viewer"}, "left_party"), page(NOBODY, "dwp_party")],
    "programmes:accept": [
        form({"manager"}, "invitation", seen_by=_SEES_THE_INVITATION),
        form(NOBODY, "dwp_party"),
    ],
    "programmes:decline": [
        form({"manager"}, "invitation", seen_by=_SEES_THE_INVITATION),
        form(NOBODY, "dwp_party"),
    ],
    "programmes:withdraw": [
        form(NOBODY, "invitation", seen_by=_SEES_THE_INVITATION),  # the lead takes it back; the invited decline it
        form(RUNNING, "dwp_party"),
    ],
    "programmes:contribution": [
        form(RUNNING, "lead_party"),
        form(RUNNING | {"contributor"}, "dwp_party"),
        form(NOBODY, "invitation", seen_by=_SEES_THE_INVITATION),  # worded by those who sent it
    ],
    "programmes:returns": page(INSIDE, "programme"),
    "programmes:history": [
        page(INSIDE, "programme"),
        page(CLEARED, "sensitive_programme"),
        page(AUDITING, "programme", seen_by=INSIDE, query="format=csv"),
    ],
}
