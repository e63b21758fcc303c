"""A programme with one of everything, and more of everything: for the test that pages do not ask more for more."""

from datetime import timedelta
from itertools import count

from governance.models import Board, Pack
from governance.models.decisions import DecisionPosition
from programmes.models import ConfidenceRating, Programme
from risks.models import Risk
from tests.cast import Cast, assemble
from tests.factories import (
    make_affected,
    make_appointment,
    make_assumption,
    make_board,
    make_control,
    make_department,
    make_dependency,
    make_issue,
    make_membership,
    make_mitigation,
    make_party,
    make_person,
    make_programme,
    make_risk,
    make_risk_link,
    make_seat,
    make_settings,
)
from tests.factories.agreements import make_open_version
from tests.factories.datasharing import make_assessment, make_dataset, make_plan, make_quality_check, make_refresh
from tests.factories.datasharing import make_whole_flow as make_flow
from tests.factories.decisions import make_decision, make_proposal
from tests.factories.escalations import make_escalation
from tests.factories.imports import make_import, make_imported_row
from tests.factories.people import SETTING_THE_SCENE
from xgov.accounts.models import Department, User
from xgov.notices.telling import tell
from xgov.pages.models import SavedFilter
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.models import GovernedModel

_numbers = count(1)


class Ground:
    """`grow()` puts one more of each kind on each list, and on the pages of the first record of each kind."""

    def __init__(self) -> None:
        self.cast: Cast = assemble()
        self.programme: Programme = self.cast.programme
        make_plan(self.programme)
        self.settings = make_settings(self.programme, self.cast.manager, status="PROPOSED")
        makers = (make_issue, make_assumption, make_dependency)
        self.entries = [make(self.programme, self.cast.dwp, self.cast.contributor) for make in makers]
        self.risk = make_risk(self.programme, self.cast.dwp, self.cast.contributor)
        self.brought = make_import(self.programme, self.cast.dwp, self.cast.contributor)
        self.dataset = make_dataset(self.programme, self.cast.dwp)
        self.flow = make_flow(self.dataset, self.cast.mhclg)
        self.proposal = make_proposal(self.programme, self.cast.manager)
        self.agreement = make_open_version(self.programme, self.cast.manager).agreement
        self.board = make_board(self.programme)
        self.pack = _issued(self.board, self.cast.sro)
        self.grow()

    def grow(self) -> None:
        cast, number = self.cast, next(_numbers)
        department, person = make_department(), make_person(department=cast.mhclg)
        make_membership(person, cast.mhclg, "viewer")
        make_party(make_programme(cast.mhclg, (cast.dwp,)), department)
        make_party(self.programme, department)
        make_appointment(self.programme, person, "finance_lead", department=cast.mhclg)
        self._more_confidence(number)
        self._more_risks()
        self._more_data(department, number)
        self._more_decisions(department)
        make_open_version(self.programme, cast.manager)
        self._more_boards(person)
        self._more_of_peoples_own(number)

    def _more_of_peoples_own(self, number: int) -> None:
        everyone = self.cast.everyone().values()
        tell(everyone, "risk_moved", about=self.risk, words=f"It moved ({number}).", url=self.risk.get_absolute_url())
        for person in everyone:
            SavedFilter.objects.create(person=person, name=f"Ours {number}", path="/risks/", list_words="Risks")

    def _more_confidence(self, number: int) -> None:
        with acting(SETTING_THE_SCENE):
            ConfidenceRating.objects.create(
                programme=self.programme, kind="SRO", rating="AMBER", rated_by=self.cast.sro,
                rated_on=today() - timedelta(days=number),
            )  # fmt: skip

    def _more_risks(self) -> None:
        cast = self.cast
        for keeper, owner in ((cast.dwp, cast.contributor), (cast.mhclg, make_person(department=cast.mhclg))):
            another = make_risk(self.programme, keeper, owner, residual=(5, 5), above_appetite_since=now())
            make_escalation(another)
            make_mitigation(self.risk, department=keeper, owner=owner)
            make_control(self.risk, department=keeper)
            make_risk_link(another, self.risk, "CHILD_OF")
            make_affected(self.risk, make_department(), f"Objective {another.pk}")
            for make in (make_issue, make_assumption, make_dependency):
                make(self.programme, keeper, owner, risk=self.risk)
            make_imported_row(self.risk, brought_in=self.brought)
            make_import(self.programme, keeper, owner)
        risk = Risk.objects.get(pk=self.risk.pk)
        risk.title += "."
        with acting(cast.manager, "More is known"):
            risk.save()

    def _more_data(self, department: Department, number: int) -> None:
        cast = self.cast
        dataset = make_dataset(self.programme, cast.moj, late_from=today())
        make_flow(dataset, cast.mhclg)
        make_flow(self.dataset, department, assessment=self.flow.assessment)
        make_refresh(self.dataset, cast.contributor, received_on=today() - timedelta(days=number))
        make_quality_check(self.dataset)
        make_assessment(self.programme, kept_by=department)

    def _more_decisions(self, department: Department) -> None:
        cast = self.cast
        make_proposal(self.programme, cast.manager, board=self.board, needed_by=today())
        make_decision(self.programme, cast.manager, cast.sro)
        with acting(SETTING_THE_SCENE):
            DecisionPosition.objects.create(
                decision=self.proposal, programme=self.programme, department=department, stance="AGREES",
                recorded_by=cast.manager, recorded_on=today(),
            )  # fmt: skip

    def _more_boards(self, person: User) -> None:
        make_seat(self.board, person)
        make_seat(make_board(self.programme), person)
        _issued(self.board, self.cast.sro)

    def records(self) -> list[GovernedModel]:
        """Each has a page of its own, a history, and an explanation of who sees it."""
        return [
            self.programme, self.risk, self.brought,
            self.dataset, self.flow, self.flow.assessment, self.proposal, self.agreement,
            self.agreement.current, self.agreement.current,
            self.board, self.pack, *self.entries,
        ]  # fmt: skip


def _issued(board: Board, by: User) -> Pack:
    """A pack as if it had been printed: what the lists and pages read of it, without the seconds it takes."""
    number = board.packs.count() + 1
    with acting(SETTING_THE_SCENE):
        return Pack.objects.create(
            board=board, programme=board.programme, number=number, state=Pack.State.ISSUED, asked_by=by, issued_by=by,
            as_at=now(), issued_at=now(), pages=1, pdf=f"packs/{number}.pdf", pdf_sha256="0" * 64,
            content_sha256="1" * 64, composed={"head": {}, "sections": [], "bodies": []},
        )  # fmt: skip
