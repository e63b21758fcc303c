"""The hall, long work, and the pages that every record has."""

from tests.conventions.routes import (
    CLEARED,
    EVERYONE,
    INSIDE,
    NOBODY,
    OF_MHCLG,
    Rows,
    at_the_entrance,
    button,
    form,
    page,
)

# Each record shows its history, and who sees it, to exactly those who see the record itself.
_RECORDS = [
    page(INSIDE, "programme_record"),
    page(CLEARED, "sensitive_programme_record"),
    page(INSIDE, "lead_party_record"),
    page(INSIDE, "dwp_risk_record"),
    page(CLEARED, "sensitive_risk_record"),
    page(CLEARED, "sensitive_mitigation_record"),
    page(CLEARED, "sensitive_dataset_record"),
    page(CLEARED, "sensitive_flow_record"),
    page(CLEARED, "sensitive_decision_record"),
    page(CLEARED, "sensitive_option_record"),
    page(CLEARED, "sensitive_agreement_record"),
    page(CLEARED, "sensitive_clause_record"),
    page(INSIDE, "board_record"),
    page(INSIDE, "pack_record"),
    page(CLEARED, "sensitive_pack_record"),
    page(OF_MHCLG, "mhclg_record"),
    page(OF_MHCLG, "manager_record"),
    page(OF_MHCLG, "membership_record"),
]

ROUTES: Rows = {
    "home": page(EVERYONE),
    "jobs:health": at_the_entrance(),
    "jobs:job": page({"sro"}, "job"),
    "jobs:file": page({"sro"}, "job_file"),
    "jobs:cancel": button({"sro"}, "job", seen_by=NOBODY),
    "jobs:try-again": button({"sro"}, "job", seen_by=NOBODY),
    "notices:list": page(EVERYONE),
    "notices:mark-read": button(EVERYONE),
    "notices:email": form(EVERYONE),
    "pages:accessibility": at_the_entrance(),
    "pages:search": [page(EVERYONE), page(EVERYONE, query="q=rough")],
    "pages:saved-filters": page(EVERYONE),
    "pages:save-filter": form(EVERYONE),
    "pages:remove-filter": button({"sro"}, "saved_filter", seen_by=NOBODY),
    # Who is only invited is told who of their own sees the invitation, and nothing of what was done inside before.
    "pages:history": [*_RECORDS, page({"contributor", "centre"}, "invitation_record")],
    "pages:who": [*_RECORDS, page({"manager", "contributor", "centre"}, "invitation_record")],
}
