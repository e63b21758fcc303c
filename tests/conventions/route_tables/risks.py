"""Risks: a partner changes what its own department keeps, and no more."""

from tests.conventions.routes import (
    ADDING,
    ADMINISTERING,
    CLEARED,
    DECIDING,
    EVERYONE,
    INSIDE,
    KEEPING,
    NOBODY,
    OF_MHCLG,
    RUNNING,
    Route,
    Rows,
    button,
    form,
    page,
)

_CHANGES = [
    form(RUNNING, "lead_risk"),
    form(KEEPING, "dwp_risk"),
    form(RUNNING, "sensitive_risk", seen_by=CLEARED),  # DWP keeps it, and its contributor does not see it
]
_MITIGATION_CHANGES: list[Route] = [
    form(KEEPING, "dwp_mitigation"),  # of a risk that MHCLG keeps
    form(RUNNING, "lead_mitigation"),  # of a risk that DWP keeps
    form(RUNNING, "sensitive_mitigation", seen_by=CLEARED),
]
_SPREADSHEETS = [form(KEEPING, "dwp_import"), form(RUNNING, "sensitive_import", seen_by=CLEARED)]

_ESCALATION_ENDINGS = [
    form(RUNNING, "escalation"),
    form(RUNNING, "sensitive_escalation", seen_by=CLEARED),
]
_CONTROL_CHANGES: list[Route] = [
    form(KEEPING, "dwp_control"),  # of a risk that MHCLG keeps
    form(RUNNING, "sensitive_control", seen_by=CLEARED),
]
_LINK_CHANGES: list[Route] = [
    form(KEEPING, "dwp_link"),
    form(RUNNING, "link_to_sensitive_risk", seen_by=CLEARED),  # who sees one end alone does not see the link
]
_PAGES = [
    page(INSIDE, "lead_risk"),
    page(INSIDE, "dwp_risk"),
    page(CLEARED, "sensitive_risk"),
    page(CLEARED, "risk_of_sensitive_programme"),
]

ROUTES: Rows = {
    "risks:all": page(EVERYONE),
    "risks:list": [
        page(INSIDE, "programme"),
        page(CLEARED, "sensitive_programme"),
        page(INSIDE, "programme", query="format=csv"),
        page(INSIDE, "programme", query="format=xlsx"),
    ],
    "risks:add": form(ADDING, "programme"),
    "risks:together": form(ADDING, "together"),
    "risks:portfolio": page(EVERYONE),
    "risks:gathered": page(EVERYONE),
    "risks:heat-map-over-programmes": [
        page(EVERYONE),
        page(EVERYONE, query="format=csv"),
        page(EVERYONE, query="format=xlsx"),
    ],
    "risks:movers": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    "risks:by-department": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    "risks:heat-map": [
        page(INSIDE, "programme"),
        page(CLEARED, "sensitive_programme"),
        page(INSIDE, "programme", query="format=csv"),
        page(INSIDE, "programme", query="format=xlsx"),
    ],
    "risks:appetite": page(INSIDE, "programme"),
    "risks:spreadsheets": page(INSIDE, "programme"),
    "risks:workbook": page(INSIDE, "programme"),
    "risks:bring": form(ADDING, "programme"),
    "risks:import": [page(INSIDE, "dwp_import"), page(CLEARED, "sensitive_import")],
    "risks:import-file": [page(INSIDE, "dwp_import"), page(CLEARED, "sensitive_import")],
    "risks:match-columns": _SPREADSHEETS,
    "risks:match-words": _SPREADSHEETS,
    "risks:look-at-import": button(KEEPING, "dwp_import"),
    "risks:apply-import": button(KEEPING, "dwp_import"),
    "risks:put-aside-import": button(KEEPING, "dwp_import"),
    "risks:settings": page(INSIDE, "programme"),
    "risks:propose-settings": form(RUNNING, "programme_of_sensitive_settings", seen_by=CLEARED),
    "risks:settings-version": [
        page(INSIDE, "settings_version"),
        page(CLEARED, "settings_of_sensitive_programme"),
    ],
    "risks:withdraw-settings": form(RUNNING, "settings_version"),
    "risks:start-settings": button(RUNNING, "settings_version"),
    "risks:answer-settings": [
        form(RUNNING, "settings_answer_of_mhclg"),
        form(NOBODY, "settings_answer_of_dwp"),  # its programme manager is not of the cast
    ],
    "risks:change-appetite": form(RUNNING, "appetite"),
    "risks:change-party-appetite": form(NOBODY, "dwp_appetite"),  # its programme manager is not of the cast
    "risks:department-appetite": page(OF_MHCLG, "mhclg"),
    "risks:change-department-appetite": form(ADMINISTERING, "mhclg_appetite", seen_by=OF_MHCLG),
    "risks:escalations": [
        page(INSIDE, "programme"),
        page(CLEARED, "sensitive_programme"),
        page(INSIDE, "programme", query="format=csv"),
        page(INSIDE, "programme", query="format=xlsx"),
    ],
    "risks:escalate": _CHANGES,
    "risks:acknowledge-escalation": [
        button({"sro"}, "escalation"),
        button({"sro"}, "sensitive_escalation", seen_by=CLEARED),
    ],
    "risks:answer-escalation": [
        form({"sro"}, "escalation"),
        form({"sro"}, "sensitive_escalation", seen_by=CLEARED),
    ],
    "risks:return-escalation": _ESCALATION_ENDINGS,
    "risks:close-escalation": _ESCALATION_ENDINGS,
    "risks:risk": _PAGES,
    "risks:treatment": _PAGES,
    "risks:links": _PAGES,
    "risks:trail": _PAGES,
    "risks:assurance": page(INSIDE, "programme"),
    "risks:affects": _CHANGES,
    "risks:add-link": _CHANGES,
    "risks:end-link": _LINK_CHANGES,
    "risks:share-link": _LINK_CHANGES,
    "risks:accept": [form(DECIDING, "lead_risk"), form(DECIDING, "sensitive_risk", seen_by=CLEARED)],
    "risks:withdraw-acceptance": form(DECIDING, "acceptance"),
    "risks:add-control": _CHANGES,
    "risks:change-control": _CONTROL_CHANGES,
    "risks:check-control": _CONTROL_CHANGES,
    "risks:end-control": _CONTROL_CHANGES,
    "risks:change": _CHANGES,
    "risks:rescore": _CHANGES,
    "risks:close": _CHANGES,
    "risks:reopen": _CHANGES,
    "risks:add-mitigation": _CHANGES,
    "risks:open": [
        button(RUNNING, "lead_risk"),
        button(KEEPING, "dwp_risk"),
        button(RUNNING, "sensitive_risk", seen_by=CLEARED),
    ],
    "risks:change-mitigation": _MITIGATION_CHANGES,
    "risks:finish-mitigation": _MITIGATION_CHANGES,
    "risks:drop-mitigation": _MITIGATION_CHANGES,
}


def _of_entries(key: str, place: str) -> Rows:
    """The pages of issues, of assumptions and of dependencies are alike."""
    one, changes = [], []
    for whose, reading, changing in (
        ("lead", INSIDE, RUNNING),
        ("dwp", INSIDE, KEEPING),
        ("sensitive", CLEARED, RUNNING),
    ):
        one.append(page(reading, f"{whose}_{key}"))
        changes.append(form(changing, f"{whose}_{key}", seen_by=reading))
    return {
        f"risks:{place}": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
        f"risks:add-{key}": form(ADDING, "programme"),
        f"risks:{key}": one,
        f"risks:change-{key}": changes,
        f"risks:close-{key}": changes,
        f"risks:reopen-{key}": changes,
    }


ROUTES |= _of_entries("issue", "issues")
ROUTES |= _of_entries("assumption", "assumptions")
ROUTES |= _of_entries("dependency", "dependencies")
