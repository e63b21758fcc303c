"""What is asked, and what an answer is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


class Answer(models.TextChoices):
    CLEAR = "CLEAR", _("Clear")
    VAGUE = "VAGUE", _("Vague")
    UNANSWERED = "UNANSWERED", _("Unanswered")


COLOURS = {Answer.CLEAR: "green", Answer.VAGUE: "yellow", Answer.UNANSWERED: "red"}


@dataclass(frozen=True)
class Finding:
    """One reason why a question is clear or not: a sentence, and the page where it is answered."""

    answer: Answer
    words: type_of_text
    url: str = ""


@dataclass(frozen=True)
class Question:
    code: str
    title: type_of_text
    question: type_of_text


QUESTIONS = [
    Question("R1", _("Shared outcome"), _("Which one outcome do all the departments share?")),
    Question("R2", _("Who decides"), _("Who owns the decisions?")),
    Question("R3", _("Delivery model"), _("Which model of joint working fits the risk?")),
    Question("R4", _("Data"), _("What data must move?")),
    Question("R5", _("Money"), _("Who pays?")),
    Question("R6", _("Review"), _("How will success be reviewed after launch?")),
]


@dataclass(frozen=True)
class Readiness:
    """One question, answered for one programme."""

    question: Question
    answer: Answer
    findings: list[Finding] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def is_clear(self) -> bool:
        return self.answer == Answer.CLEAR

    @property
    def colour(self) -> str:
        return COLOURS[self.answer]

    @property
    def open_findings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.answer != Answer.CLEAR]

    @property
    def reasons(self) -> list[Finding]:
        """What to show: what is still open; or, when all is settled, what settled it."""
        return self.open_findings or self.findings


def answer_of(findings: Iterable[Finding]) -> Answer:
    answers = {finding.answer for finding in findings}
    if answers == {Answer.CLEAR}:
        return Answer.CLEAR
    if answers <= {Answer.UNANSWERED}:
        return Answer.UNANSWERED
    return Answer.VAGUE
