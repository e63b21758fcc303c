"""Names the people of the demonstration on the sign-in page: only there do they exist."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xgov.accounts.sign_in_notices import Notice, on_sign_in_page
from xgov.demo.people import PASSWORD, READERS

COMES_FOR = {
    "manager@mhclg.example": _("Runs the joint programme for MHCLG, which leads it."),
    "contributor@dwp.example": _("Keeps the records of DWP, a partner department."),
    "viewer@moj.example": _("Reads the programme for MOJ, a partner department."),
    "sro@mhclg.example": _("Answers for the programme: sees what waits for a decision, issues the pack."),
    "ao@mhclg.example": _("Lead accounting officer: reads packs and signs."),
    "admin@mhclg.example": _("Gives and ends roles in MHCLG; sees no programme."),
    "auditor@nao.example": _("Reads everything in this programme with its history; changes nothing."),
    "centre@cabinet-office.example": _("Reads across all programmes, but nothing sensitive."),
    "platform@xgov.example": _("Looks after departments and their administrators."),
    "outsider@dft.example": _("Has no part in the joint programme, and finds nothing of it."),
}


def people_of_the_demonstration() -> Notice:
    people = [(person, COMES_FOR[person.email]) for person in READERS]
    return Notice("demo/people.html", {"people": people, "password": PASSWORD})


if settings.XGOV_DEMO:
    on_sign_in_page(people_of_the_demonstration)
