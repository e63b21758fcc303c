from governance.models.agreements import Agreement, AgreementVersion
from governance.models.boards import Board, BoardAppointment, BoardGroupGrant, BoardUserGrant
from governance.models.clauses import Clause
from governance.models.decisions import Decision, DecisionOption, DecisionPosition
from governance.models.packs import Pack, PackRecipient
from governance.models.signatures import Signature

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Board",
    "BoardAppointment",
    "BoardGroupGrant",
    "BoardUserGrant",
    "Clause",
    "Decision",
    "DecisionOption",
    "DecisionPosition",
    "Pack",
    "PackRecipient",
    "Signature",
]
