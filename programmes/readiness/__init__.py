"""The six readiness questions of a joint programme, answered from the record.

Each question is answered by findings. A finding says in words what is settled, vague or missing,
and where to settle it:

* all findings clear: the question is CLEAR
* some findings clear or vague: the question is VAGUE
* no finding better than unanswered: the question is UNANSWERED

The higher floors put findings on the shelf from a module `readiness_evidence.py` (found by itself at the start):

    from programmes.readiness import Answer, Finding, evidence

    @evidence("R4")
    def data_sharing_plan(programme: Programme) -> Iterator[Finding]:
        if not plans:
            return                       # nothing to say: the question is answered from the programme's own record
        yield Finding(Answer.CLEAR, _("A data-sharing plan covers 3 flows."), url)
        yield Finding(Answer.VAGUE, _("The flow from DWP has no lawful basis."), url)

A finding's words are read by everybody who can see the programme: name no record that is marked OFFICIAL-SENSITIVE.
A writer asks few queries: it runs once a programme on pages that show readiness. One key, one writer an app.

Clear evidence for R2 stands in for the programme's own statement of who decides. For R4 any evidence means that there
is a data-sharing plan; without it, data that must move leave the question vague.

The questions are put in our own words. What counts as clear is a local default, not government policy.
"""

from programmes.models import Programme
from programmes.readiness.findings import OWN
from programmes.readiness.questions import QUESTIONS, Answer, Finding, Question, Readiness, answer_of
from programmes.readiness.shelf import evidence

__all__ = ["QUESTIONS", "Answer", "Finding", "Question", "Readiness", "evidence", "gaps", "readiness_of"]


def readiness_of(programme: Programme) -> list[Readiness]:
    """The six questions in their order, each with its answer and the reasons."""
    answered = []
    for question in QUESTIONS:
        findings = list(OWN[question.code](programme))
        answered.append(Readiness(question, answer_of(findings), findings))
    return answered


def gaps(programme: Programme) -> list[Readiness]:
    return [each for each in readiness_of(programme) if not each.is_clear]
