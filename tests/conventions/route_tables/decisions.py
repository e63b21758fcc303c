"""The decision log: proposed by those who run the programme, decided by the SRO and the accounting officer."""

from tests.conventions.routes import CLEARED, DECIDING, INSIDE, RUNNING, Rows, form, page

_CHANGES = [form(RUNNING, "proposal"), form(RUNNING, "sensitive_proposal", seen_by=CLEARED)]

ROUTES: Rows = {
    "governance:decision-list": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    "governance:propose-decision": form(RUNNING, "programme"),
    "governance:decision": [
        page(INSIDE, "proposal"),
        page(INSIDE, "decision"),
        page(CLEARED, "sensitive_proposal"),
    ],
    "governance:change-decision": _CHANGES,
    "governance:withdraw-decision": _CHANGES,
    "governance:make-decision": [
        form(DECIDING, "proposal"),
        form(DECIDING, "sensitive_proposal", seen_by=CLEARED),
    ],
    "governance:supersede-decision": form(RUNNING, "decision"),
    # Said by who acts or signs for the department, or noted by those who run the programme.
    "governance:position": [
        form({"manager", "sro", "ao"}, "position_of_mhclg"),
        form({"manager", "sro", "contributor"}, "position_of_dwp"),
        form({"manager", "sro", "ao"}, "sensitive_position_of_mhclg", seen_by=CLEARED),
    ],
}
