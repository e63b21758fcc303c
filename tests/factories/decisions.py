from governance.actions import decisions
from governance.actions.decisions import OfferedOption
from governance.models import Decision
from programmes.models import Programme
from xgov.accounts.models import User

TWO_WAYS = (
    OfferedOption("Open eleven hubs", "Reaches every region.", "Takes money from prevention.", is_recommended=True),
    OfferedOption("Open five hubs", "Affordable now.", "Six regions wait a year."),
)


def make_proposal(programme: Programme, by: User, **fields) -> Decision:
    fields.setdefault("question", "How many hubs do we open this winter?")
    fields.setdefault("options", TWO_WAYS)
    return decisions.propose_decision(programme, by=by, **fields)


def make_decision(programme: Programme, proposed_by: User, by: User, **fields) -> Decision:
    """A decision that was made, for its first option."""
    answers = {
        name: fields.pop(name)
        for name in ("authority", "decided_on", "financial_effect", "rationale")
        if name in fields
    }
    proposal = make_proposal(programme, proposed_by, **fields)
    answers.setdefault("authority", "SRO’s letter, paragraph 4")
    answers.setdefault("rationale", "People sleep rough in every region.")
    return decisions.make_decision(proposal, by=by, chosen=proposal.options.first(), **answers)
