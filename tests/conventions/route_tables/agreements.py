"""Agreements: written by those who run the programme, signed by nobody but each department's own signatory."""

from tests.conventions.routes import CLEARED, INSIDE, NOBODY, RUNNING, Rows, button, form, page

_READS = [page(INSIDE, "open_version"), page(CLEARED, "sensitive_version")]

ROUTES: Rows = {
    "governance:agreement-list": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    "governance:draft-agreement": form(RUNNING, "programme"),
    "governance:agreement": [page(INSIDE, "agreement"), page(CLEARED, "sensitive_agreement")],
    "governance:change-agreement": [
        form(RUNNING, "agreement"),
        form(RUNNING, "sensitive_agreement", seen_by=CLEARED),
    ],
    "governance:end-agreement": form(RUNNING, "agreement"),
    "governance:new-version": form(RUNNING, "agreement"),
    "governance:sign-agreement": [
        form({"ao"}, "signature_of_mhclg"),
        form(NOBODY, "signature_of_dwp"),
        form({"ao"}, "sensitive_signature_of_mhclg", seen_by=CLEARED),
    ],
    "governance:agreement-version": _READS,
    "governance:agreement-text": _READS,
    "governance:agreement-pdf": [form(INSIDE, "open_version"), form(CLEARED, "sensitive_version", seen_by=CLEARED)],
    "governance:agreement-differences": page(INSIDE, "second_version"),
    "governance:open-version": form(RUNNING, "open_version"),
    "governance:withdraw-version": form(RUNNING, "open_version"),
    "governance:change-clause": [form(RUNNING, "clause"), form(RUNNING, "sensitive_clause", seen_by=CLEARED)],
    "governance:fill-in-version": button(RUNNING, "draft_version"),
    "governance:fill-in-clause": button(RUNNING, "clause"),
}
