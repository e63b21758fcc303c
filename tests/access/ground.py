"""The ground for the tests of the rule: every kind of governed record, and somebody in every role."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from django.apps import apps
from django.db import models

from governance.actions.positions import record_position
from governance.models import Board, Pack, PackRecipient
from programmes.actions import choose_delivery_model, rate_confidence
from programmes.models import Party, Programme, PublishedReturn
from risks.models import Risk
from tests.cast import Cast
from tests.factories import (
    make_acceptance,
    make_affected,
    make_appetite,
    make_appointment,
    make_assumption,
    make_board,
    make_control,
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
    make_settings_answer,
)
from tests.factories.agreements import make_agreement, make_open_version
from tests.factories.datasharing import (
    make_assessment,
    make_dataset,
    make_part,
    make_plan,
    make_quality_check,
    make_refresh,
    make_whole_flow,
)
from tests.factories.decisions import make_decision, make_proposal
from tests.factories.escalations import make_department_appetite, make_escalation, make_party_appetite
from tests.factories.imports import make_import, make_imported_row
from tests.factories.people import SETTING_THE_SCENE
from xgov.accounts.models import Department, DepartmentName, DepartmentParent, Succession, User
from xgov.records.acting import acting
from xgov.records.clock import today

TOMORROW = timedelta(days=1)


@dataclass
class Ground:
    cast: Cast
    people: dict[str, User] = field(default_factory=dict)
    programmes: list[Programme] = field(default_factory=list)

    def member(self, name: str, department: Department, *roles: str, **dates) -> None:
        self.people[name] = make_person(name=name, department=department)
        for role in roles:
            make_membership(self.people[name], department, role, **dates)

    def appointed(self, name: str, role: str, department: Department | None = None, **dates) -> None:
        self.people[name] = make_person(name=name, department=department)
        make_appointment(self.cast.programme, self.people[name], role, department=department, **dates)


def governed_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "governed", False)]


def records_of(model: type[models.Model]) -> Iterable[models.Model]:
    return model._base_manager.order_by("pk")


def lay(cast: Cast) -> Ground:
    """Three programmes: the cast's, one led by a partner of it, and one that the cast's departments know nothing of."""
    ground = Ground(cast, people=dict(cast.everyone()))
    ground.programmes = [cast.programme, make_programme(cast.dwp, (cast.mhclg,)), make_programme(cast.dft)]
    _departments_that_are_not_in(ground)
    _people_of_departments(ground)
    _people_appointed(ground)
    for programme in ground.programmes:
        _records(ground, programme)
    _links_between_risks()
    _facts_of_departments(cast)
    return ground


def _departments_that_are_not_in(ground: Ground) -> None:
    cast = ground.cast
    make_party(cast.programme, cast.cabinet_office, status=Party.Status.INVITED)
    make_party(cast.programme, cast.nao, status=Party.Status.DECLINED)
    make_party(ground.programmes[1], cast.dft, status=Party.Status.WITHDRAWN, withdrawn_on=today())


def _people_of_departments(ground: Ground) -> None:
    cast = ground.cast
    ground.member("partner's manager", cast.dwp, "programme_manager")
    ground.member("lead's contributor", cast.mhclg, "contributor")
    ground.member("partner's signatory", cast.moj, "signatory")
    ground.member("partner's auditor", cast.dhsc, "internal_auditor")
    ground.member("partner's administrator", cast.dwp, "department_administrator")
    ground.member("invited manager", cast.cabinet_office, "programme_manager")
    ground.member("viewer who is of the centre too", cast.moj, "viewer", "centre")
    ground.member("viewer of a department that withdrew", cast.dft, "viewer")
    ground.member("contributor from tomorrow", cast.dwp, "contributor", since=today() + TOMORROW)
    ground.member("contributor until today", cast.dwp, "contributor", since=today() - TOMORROW, until=today())
    ground.people["person of no department"] = make_person(name="person of no department")
    ground.member("person who left", cast.mhclg, "programme_manager")
    models.QuerySet(User).filter(pk=ground.people["person who left"].pk).update(is_active=False)
    ground.people["person who left"].refresh_from_db()


def _people_appointed(ground: Ground) -> None:
    cast = ground.cast
    ground.appointed("director", "programme_director")
    ground.appointed("sponsor", "senior_sponsor", cast.dwp)
    for role in ("finance_lead", "operational_lead", "data_lead"):
        ground.appointed(role, role, cast.dwp)
    ground.appointed("auditor from tomorrow", "auditor", since=today() + TOMORROW)
    board = make_board(cast.programme)
    for role in ("secretary", "board_member"):
        ground.people[role] = make_person(name=role, department=cast.dft)
        make_seat(board, ground.people[role], role)


def _records(ground: Ground, programme: Programme) -> None:
    lead, partner = programme.lead, programme.parties.accepted().order_by("pk").last().department
    manager = make_person(name=f"manager of {programme.reference}", department=lead)
    make_membership(manager, lead, "programme_manager")
    director = make_person(name=f"SRO of {programme.reference}", department=lead)
    if programme != ground.cast.programme:
        make_appointment(programme, director, "sro")
    else:
        director = ground.cast.sro
    board = make_board(programme)
    make_seat(board, make_person(department=partner))
    with acting(SETTING_THE_SCENE):
        PublishedReturn.objects.create(programme=programme, publication="A return", as_at=today())
    choose_delivery_model(programme, "COLLABORATION", by=manager)
    rate_confidence(programme, "AMBER", by=manager, kind="INDEPENDENT", rater="NISTA", narrative="Some doubts")
    for department in {lead, partner}:
        risk = make_risk(programme, department, manager)
        make_mitigation(risk)
        make_control(risk)
        make_affected(risk, partner)
        make_acceptance(risk, director)
        make_imported_row(risk)
        make_import(programme, department, manager)
        make_escalation(risk)
        for make in (make_issue, make_assumption, make_dependency):
            make(programme, department, manager, risk=risk)
        dataset = make_dataset(programme, department)
        make_refresh(dataset, manager)
        make_quality_check(dataset)
    make_appetite(programme)
    make_settings_answer(make_settings(programme, manager), lead, manager)
    make_party_appetite(programme, partner)
    make_plan(programme)
    make_assessment(programme)
    if lead != partner:
        make_part(make_whole_flow(dataset, lead if partner == dataset.kept_by else partner), ground.cast.nao)
        make_open_version(programme, manager)
    make_agreement(programme, manager)
    _pack(board, manager)
    make_decision(programme, manager, director, board=board)
    record_position(make_proposal(programme, manager, board=board), lead, by=manager, stance="AGREES")


def _pack(board: Board, reader: User) -> None:
    """Handed to somebody who has nothing else to do with the programme, besides the person who asked for it."""
    with acting(SETTING_THE_SCENE):
        pack = Pack.objects.create(board=board, programme=board.programme, number=1, asked_by=reader)
        for person in (reader, make_person(name=f"reader of {pack}")):
            PackRecipient.objects.create(
                pack=pack, board=board, programme=board.programme, person=person, name=person.name, capacity="Reader"
            )


def _links_between_risks() -> None:
    """Each with the next, so that some tie two programmes together."""
    risks = list(Risk.objects.order_by("pk"))
    for risk, other in pairwise(risks):
        make_risk_link(risk, other, "CHILD_OF")


def _facts_of_departments(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        DepartmentName.objects.create(department=cast.dwp, name="Department for Work and Pensions")
        DepartmentParent.objects.create(child=cast.nao, parent=cast.cabinet_office)
        Succession.objects.create(predecessor=cast.dft, successor=cast.mhclg)
    make_department_appetite(cast.dwp)
