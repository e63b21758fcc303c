"""What the decision log and the list of agreements hold as files."""

from django.utils.translation import gettext_lazy as _

from governance.models import Agreement, Decision
from xgov.pages.registers import Column
from xgov.pages.values import figure_words


def _options(decision: Decision) -> str:
    lines = []
    for option in decision.options_offered:
        parts = [option.name, option.gains and f"+ {option.gains}", option.costs and f"- {option.costs}"]
        lines.append(". ".join(part.rstrip(".") for part in parts if part))
    return "\n".join(lines)


def _positions(decision: Decision) -> str:
    lines = []
    for position in decision.positions_in_order:
        words = f"{position.department.short_name}: {position.get_stance_display()}"
        words += f" ({position.noted_by})" if position.noted_by else ""
        lines.append(f"{words}. {position.words}" if position.words else words)
    return "\n".join(lines)


DECISION_FILE_COLUMNS = (
    Column("programme", _("Programme"), value="programme.reference"),
    Column("reference", _("Decision")),
    Column("status", _("Status"), value="get_status_display"),
    Column("question", _("What has to be decided")),
    Column("background", _("Why now")),
    Column("options", _("Options and trade-offs"), value=_options),
    Column("board", _("Board"), value="board.name"),
    Column("needed_by", _("Needed by")),
    Column("chosen", _("Option chosen"), value="chosen.name"),
    Column("decision_words", _("Decision"), value="decision"),
    Column("rationale", _("Why")),
    Column("conditions", _("Conditions")),
    Column("authority", _("Authority used")),
    Column("financial_effect", _("Financial effect, in pounds")),
    Column(
        "financial_effect_words",
        _("Financial effect, in words"),
        value=lambda decision: figure_words(decision.financial_effect_figure),
    ),
    Column("decided_on", _("Decided on")),
    Column("decided_by", _("Decided by"), value="decided_by.name"),
    Column("positions", _("Departments’ positions"), value=_positions),
    Column("review_on", _("To be looked at again on")),
    Column("marking", _("Marking"), value="get_marking_display"),
)


def _signed(agreement: Agreement) -> str:
    return "\n".join(f"{row.department.short_name}: {row.person_name}, {row.post}" for row in agreement.current.signed)


AGREEMENT_FILE_COLUMNS = (
    Column("programme", _("Programme"), value="programme.reference"),
    Column("reference", _("Agreement")),
    Column("kind", _("Kind"), value="get_kind_display"),
    Column("title", _("Title")),
    Column("status", _("Status"), value="status.label"),
    Column("version", _("Version"), value="current.number"),
    Column("in_force_on", _("In force from"), value="current.in_force_on"),
    Column("sha256", "SHA-256", value="current.sha256"),
    Column("signed", _("Signed by"), value=_signed),
    Column(
        "waited_for",
        _("Waits for"),
        value=lambda agreement: ", ".join(row.department.short_name for row in agreement.waited_for),
    ),
    Column("review_on", _("Next review")),
    Column("ended_on", _("Ended on")),
    Column("marking", _("Marking"), value="get_marking_display"),
)
