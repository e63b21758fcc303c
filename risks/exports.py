"""What a register of risks holds as a file: every column a person gave an answer to, so that it can be read back."""

from django.utils.translation import gettext_lazy as _

from risks.bearing import bearing_read
from risks.models import Risk
from xgov.pages.registers import Column

RISK_SHEET = _("Risks")
# The sheets beside that of the risks, by what a row of them is.
BESIDE_SHEETS = {"mitigation": _("Mitigations"), "control": _("Controls"), "link": _("Links")}
# What the hidden sheet of a workbook says of the register it was made from.
ABOUT_FACTS = {"programme": "programme", "settings": "settings version", "as_at": "as at", "made_for": "made for"}

# Empty on its way out: whoever changes a score in the file says here why. And by which version the row was written.
REASON = Column("reason", _("Reason for the change"), value=lambda record: None)
VERSION = Column("version", _("Version"), value="lock_version")

# Between several things in one cell.
SEPARATOR = "; "


def joined(risk: Risk, what: str) -> str:
    """Of a risk read `with_bearing`: departments by name, projects that are held here by reference."""
    things = getattr(bearing_read(risk), what)
    return SEPARATOR.join(str(getattr(thing, "reference", thing)) for thing in things)


def yes_or_no(value: bool) -> str:
    return str(_("Yes") if value else _("No"))


# Scores leave as likelihood and impact, which are answers, and as the score that follows from them.
RISK_FILE_COLUMNS = (
    Column("programme", _("Programme"), value="programme.reference"),
    Column("reference", _("Risk")),
    Column("title", _("Title")),
    Column("status", _("Status"), value="get_status_display"),
    Column("category", _("Category"), value="get_category_display"),
    Column("cause", _("Cause")),
    Column("event", _("Event")),
    Column("consequence", _("Consequence")),
    Column("kept_by", _("Kept by"), value="kept_by.name"),
    Column("owner", _("Owner"), value="owner.name"),
    Column("owner_email", _("Owner’s email address"), value="owner.email"),
    Column("local_category", _("Local category")),
    Column("scale", _("Scale"), value="get_scale_display"),
    Column("inherent_likelihood", _("Inherent likelihood")),
    Column("inherent_impact", _("Inherent impact")),
    Column("inherent_score", _("Inherent score"), value=lambda risk: risk.inherent_score or None),
    Column("residual_likelihood", _("Residual likelihood")),
    Column("residual_impact", _("Residual impact")),
    Column("residual_score", _("Residual score"), value=lambda risk: risk.residual_score or None),
    Column("target_likelihood", _("Target likelihood")),
    Column("target_impact", _("Target impact")),
    Column("target_score", _("Target score"), value=lambda risk: risk.target_score or None),
    Column("response", _("Response"), value="get_response_display"),
    Column("needs_funding", _("Needs funding"), value=lambda risk: yes_or_no(risk.needs_funding)),
    Column("identified_on", _("Identified on")),
    Column("proximity", _("Proximity"), value="get_proximity_display"),
    Column("velocity", _("Velocity"), value="get_velocity_display"),
    Column("inherent_on", _("Inherent score of")),
    Column("residual_on", _("Residual score of")),
    Column("target_by", _("Target to be reached by")),
    Column("affected_departments", _("Affected departments"), value=lambda risk: joined(risk, "departments")),
    Column("objectives", _("Objectives"), value=lambda risk: joined(risk, "objectives")),
    Column("projects", _("Projects"), value=lambda risk: joined(risk, "projects")),
    Column("review_due", _("Next review due")),
    Column("appetite_limit", _("Appetite that applies")),
    Column("tolerance_limit", _("Tolerance that applies")),
    Column("above_appetite_since", _("Above appetite since")),
    Column("above_tolerance_since", _("Above tolerance since")),
    Column("escalated_to", _("Escalated to"), value="get_escalated_to_display"),
    Column("accepted_up_to", _("Accepted up to")),
    Column("accepted_until", _("Accepted until")),
    Column("closed_at", _("Closed at")),
    Column("closing_reason", _("Why it was closed")),
    Column("marking", _("Marking"), value="get_marking_display"),
    REASON,
    VERSION,
)

# These follow from other columns: what is typed there is not read.
FOLLOWING = (
    "scale", "inherent_score", "residual_score", "target_score", "inherent_on", "residual_on", "appetite_limit",
    "tolerance_limit", "above_appetite_since", "above_tolerance_since", "escalated_to", "accepted_up_to",
    "accepted_until",
)  # fmt: skip

MITIGATION_FILE_COLUMNS = (
    Column("risk", _("Risk"), value="risk.reference"),
    Column("number", _("Number"), value="pk"),
    Column("text", _("What will be done")),
    Column("owner", _("Owner"), value="owner.name"),
    Column("owner_email", _("Owner’s email address"), value="owner.email"),
    Column("department", _("Department that does it"), value="department.name"),
    Column("due", _("Due")),
    Column("status", _("Status"), value="get_status_display"),
    Column("done_on", _("Done on")),
    REASON,
)

CONTROL_FILE_COLUMNS = (
    Column("risk", _("Risk"), value="risk.reference"),
    Column("number", _("Number"), value="pk"),
    Column("text", _("Control")),
    Column("type", _("Type"), value="get_type_display"),
    Column("line", _("Line of assurance"), value="get_line_display"),
    Column("owner", _("Owner"), value="owner.name"),
    Column("owner_email", _("Owner’s email address"), value="owner.email"),
    Column("department", _("Department that runs it"), value="department.name"),
    Column("effectiveness", _("How well it works"), value="get_effectiveness_display"),
    Column("checked_on", _("Last checked on")),
    Column("checked_by", _("Last checked by")),
    Column("status", _("Status"), value="get_status_display"),
    REASON,
)

# Only links within the programme: who reads its file need not know of the risks of another.
LINK_FILE_COLUMNS = (
    Column("risk", _("Risk"), value="risk.reference"),
    Column("number", _("Number"), value="pk"),
    Column("kind", _("Kind"), value="get_kind_display"),
    Column("other", _("Other risk"), value="other.reference"),
    Column("shared", _("Counts in the other risk"), value=lambda link: yes_or_no(link.is_shared_upwards)),
    Column("status", _("Status"), value=lambda link: LINK_STATUS[link.until is None]),
    REASON,
)
LINK_STATUS = {True: _("In place"), False: _("Ended")}

BESIDE_COLUMNS = {
    "mitigation": MITIGATION_FILE_COLUMNS, "control": CONTROL_FILE_COLUMNS, "link": LINK_FILE_COLUMNS,
}  # fmt: skip
