"""One record of each kind, sensitive ones among them: where the addresses of the route tables lead."""

import io
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.test import Client

from governance.actions import agreements as agreement_actions
from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from programmes.actions import withdraw_department
from programmes.models import Party, Programme
from risks.actions.bringing import bring_register
from tests.cast import Cast, assemble, client_of
from tests.conventions.routes import EVERYONE
from tests.factories import (
    make_acceptance,
    make_appointment,
    make_assumption,
    make_board,
    make_control,
    make_department_name,
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
from tests.factories.agreements import make_agreement, make_open_version
from tests.factories.datasharing import (
    make_assessment,
    make_dataset,
    make_flow,
    make_part,
    make_plan,
    make_refresh,
)
from tests.factories.decisions import make_decision, make_proposal
from tests.factories.escalations import make_escalation
from xgov.accounts.models import Department, Membership, User
from xgov.jobs import files
from xgov.jobs.models import Job
from xgov.jobs.presence import say_present
from xgov.jobs.running import do_here
from xgov.pages.models import SavedFilter
from xgov.records.clock import now

SENSITIVE = "OFFICIAL_SENSITIVE"


@dataclass
class Scene:
    cast: Cast
    places: dict[str, dict[str, Any]] = field(default_factory=dict)  # the arguments of an address, by name
    clients: dict[str, Client] = field(default_factory=dict)

    def put(self, name: str, record: Model | None = None, **arguments: Any) -> None:
        """Name the address of a record; also that of its history."""
        self.places[name] = arguments
        if record is not None:
            self.places[f"{name}_record"] = {"label": record._meta.label_lower, "pk": record.pk}

    def inside(self, name: str, record: Model | None = None, **arguments: Any) -> None:
        self.put(name, record, reference=self.cast.programme.reference, **arguments)

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = client_of(getattr(self.cast, who))
        return self.clients[who]


def set_scene() -> Scene:
    scene = Scene(assemble())
    for build in (
        _programmes, _people, _risks, _beside_the_risks, _spreadsheets, _data_sharing, _agreements,
        _decisions_and_boards, _long_work,
    ):  # fmt: skip
        build(scene)
    for who in EVERYONE:
        scene.client(who)
    return scene


def _programmes(scene: Scene) -> None:
    cast = scene.cast
    scene.inside("programme", cast.programme)
    scene.inside("appetite", category="OPERATIONS")
    for name, department in (("lead_party", cast.mhclg), ("dwp_party", cast.dwp)):
        scene.inside(name, _party(cast.programme, department), slug=department.slug)
    appointment = cast.programme.appointments.get(role="sro")
    scene.inside("appointment", appointment, pk=appointment.pk)

    sensitive = make_programme(cast.mhclg, (cast.dwp, cast.moj), reference="RS-002", marking=SENSITIVE)
    for person, role in ((cast.sro, "sro"), (cast.ao, "lead_accounting_officer"), (cast.auditor, "auditor")):
        make_appointment(sensitive, person, role)
    scene.put("sensitive_programme", sensitive, reference=sensitive.reference)
    risk = make_risk(sensitive, cast.dwp, cast.contributor)
    scene.put("risk_of_sensitive_programme", risk, reference=sensitive.reference, number=risk.reference)

    of_dwp = make_programme(cast.dwp, reference="DW-001")
    scene.put("programme_of_dwp", of_dwp, reference=of_dwp.reference)
    invitation = make_party(of_dwp, cast.mhclg, status=Party.Status.INVITED)
    scene.put("invitation", invitation, reference=of_dwp.reference, slug=cast.mhclg.slug)
    left = make_party(of_dwp, cast.moj)
    withdraw_department(left, by=_manager_of(cast.moj), reason="The money is needed elsewhere.")
    scene.put("left_party", left, reference=of_dwp.reference, slug=cast.moj.slug)


def _manager_of(department: Department) -> User:
    person = make_person(department=department)
    make_membership(person, department, "programme_manager")
    return person


def _party(programme: Model, department: Model) -> Party:
    return Party.objects.get(programme=programme, department=department)


def _people(scene: Scene) -> None:
    cast = scene.cast
    stopped = make_person("stopped@mhclg.example", "Stan Stopped", cast.mhclg, is_active=False)
    make_membership(stopped, cast.mhclg, "viewer")
    for name, department in (("mhclg", cast.mhclg), ("dft", cast.dft)):
        scene.put(name, department, slug=department.slug)
    coming = make_department_name(cast.mhclg, "Ministry of Towns")
    scene.put("coming_name", coming, slug=cast.mhclg.slug, pk=coming.pk)
    for name, person in (("manager", cast.manager), ("stopped_person", stopped)):
        scene.put(name, person, slug=cast.mhclg.slug, pk=person.pk)
    for name, person, department in (
        ("membership", cast.manager, cast.mhclg),
        ("dft_membership", cast.outsider, cast.dft),
    ):
        held = Membership.objects.get(person=person)
        scene.put(name, held, slug=department.slug, pk=held.pk)
    scene.put("stale_link", uidb64="MQ", token="set-password")


def _risks(scene: Scene) -> None:
    cast = scene.cast
    lead = make_risk(cast.programme, cast.mhclg, cast.manager)
    dwp = make_risk(cast.programme, cast.dwp, cast.contributor)
    sensitive = make_risk(cast.programme, cast.dwp, cast.contributor, marking=SENSITIVE, title="Nobody may hear of it")
    for name, risk in (("lead_risk", lead), ("dwp_risk", dwp), ("sensitive_risk", sensitive)):
        scene.inside(name, risk, number=risk.reference)
    _settings(scene, Programme.objects.get(reference="RS-002"))
    for name, risk, department in (
        ("dwp_mitigation", lead, cast.dwp),
        ("lead_mitigation", dwp, cast.mhclg),
        ("sensitive_mitigation", sensitive, cast.dwp),
    ):
        mitigation = make_mitigation(risk, department=department)
        scene.inside(name, mitigation, number=risk.reference, pk=mitigation.pk)
    for name, risk in (("escalation", dwp), ("sensitive_escalation", sensitive)):
        escalation = make_escalation(risk)
        scene.inside(name, escalation, number=risk.reference, pk=escalation.pk)
    scene.inside("dwp_appetite", category="OPERATIONS", slug=cast.dwp.slug)
    scene.put("mhclg_appetite", slug=cast.mhclg.slug, category="OPERATIONS")
    for name, risk in (("dwp_control", lead), ("sensitive_control", sensitive)):
        control = make_control(risk, department=cast.dwp)
        scene.inside(name, control, number=risk.reference, pk=control.pk)
    for name, other in (("dwp_link", lead), ("link_to_sensitive_risk", sensitive)):
        link = make_risk_link(dwp, other, "CHILD_OF")
        scene.inside(name, link, number=dwp.reference, pk=link.pk)
    acceptance = make_acceptance(lead, cast.sro)
    scene.inside("acceptance", acceptance, number=lead.reference, pk=acceptance.pk)


def _settings(scene: Scene, sensitive: Programme) -> None:
    cast = scene.cast
    proposed = make_settings(cast.programme, cast.manager, status="PROPOSED")
    scene.inside("settings_version", proposed, number=proposed.version)
    for name, department in (("mhclg", cast.mhclg), ("dwp", cast.dwp)):
        scene.inside(f"settings_answer_of_{name}", number=proposed.version, slug=department.slug)
    in_force = make_settings(sensitive, cast.manager)
    scene.put("settings_of_sensitive_programme", in_force, reference=sensitive.reference, number=in_force.version)
    scene.put("programme_of_sensitive_settings", reference=sensitive.reference)


def _beside_the_risks(scene: Scene) -> None:
    cast = scene.cast
    for name, make in (("issue", make_issue), ("assumption", make_assumption), ("dependency", make_dependency)):
        for whose, department, owner, marking in (
            ("lead", cast.mhclg, cast.manager, "OFFICIAL"),
            ("dwp", cast.dwp, cast.contributor, "OFFICIAL"),
            ("sensitive", cast.dwp, cast.contributor, SENSITIVE),
        ):
            entry = make(cast.programme, department, owner, marking=marking)
            scene.inside(f"{whose}_{name}", entry, number=entry.reference)


def _spreadsheets(scene: Scene) -> None:
    cast = scene.cast
    data = b"Ref,Title,Likelihood\n1,A strange register,H*\n"
    for name, by, department in (
        ("dwp_import", cast.contributor, cast.dwp),
        ("sensitive_import", cast.manager, cast.mhclg),  # not yet looked at: nobody knows what it speaks of
    ):
        brought = bring_register(cast.programme, by=by, name=f"{name}.csv", data=data, kept_by=department)
        scene.inside(name, brought, number=brought.number)


def _data_sharing(scene: Scene) -> None:
    cast = scene.cast
    make_plan(cast.programme)
    lead = make_dataset(cast.programme, cast.mhclg)
    dwp = make_dataset(cast.programme, cast.dwp)
    sensitive = make_dataset(cast.programme, cast.dwp, marking=SENSITIVE)
    for name, dataset in (("lead_dataset", lead), ("dwp_dataset", dwp), ("sensitive_dataset", sensitive)):
        scene.inside(name, dataset, dataset=dataset.reference)
    for name, dataset in (("lead_refresh", lead), ("dwp_refresh", dwp)):
        scene.inside(name, refresh=make_refresh(dataset, cast.manager).pk)
    flow = make_flow(dwp, cast.mhclg)
    for name, each in (("flow", flow), ("sensitive_flow", make_flow(sensitive, cast.mhclg))):
        scene.inside(name, each, flow=each.reference)
    for name, department in (("dwp_part", cast.dwp), ("lead_part", cast.mhclg)):
        scene.inside(name, part=make_part(flow, department).pk)
    for name, fields in (("dwp_assessment", {}), ("sensitive_assessment", {"marking": SENSITIVE})):
        assessment = make_assessment(cast.programme, kept_by=cast.dwp, **fields)
        scene.inside(name, assessment, assessment=assessment.reference)


def _agreements(scene: Scene) -> None:
    cast = scene.cast
    opened = make_open_version(cast.programme, cast.manager)
    sensitive = make_open_version(cast.programme, cast.manager, marking=SENSITIVE)
    for prefix, version in (("", opened), ("sensitive_", sensitive)):
        number = version.agreement.reference
        scene.inside(f"{prefix}agreement", version.agreement, number=number)
        scene.inside(f"{prefix}signature_of_mhclg", number=number, department=cast.mhclg.slug)
        scene.inside(f"{prefix}version", number=number, version=1)
    scene.places["open_version"] = scene.places["version"]
    scene.inside("signature_of_dwp", number=opened.agreement.reference, department=cast.dwp.slug)
    for name, fields in (("clause", {}), ("sensitive_clause", {"marking": SENSITIVE})):
        agreement = make_agreement(cast.programme, cast.manager, **fields)
        clause = agreement.current.clauses.first()
        scene.inside(name, clause, number=agreement.reference, version=1, key=clause.key)
        if name == "clause":
            scene.inside("draft_version", number=agreement.reference, version=1)
    withdrawn = agreement_actions.withdraw_version(
        make_open_version(cast.programme, cast.manager), by=cast.manager, reason="A clause was wrong."
    )
    agreement_actions.start_version(withdrawn.agreement, by=cast.manager)
    scene.inside("second_version", number=withdrawn.agreement.reference, version=2)


def _decisions_and_boards(scene: Scene) -> None:
    cast = scene.cast
    plain, secret = (make_board(cast.programme, name=n, slug=n, running_order=_ORDER) for n in ("plain", "secret"))
    seat = make_seat(plain, make_person("member@dft.example", "Martha Member", cast.dft))
    scene.put("board", plain, slug=plain.slug)
    scene.put("seat", seat, slug=plain.slug, pk=seat.pk)
    proposal = make_proposal(cast.programme, cast.manager, board=plain)
    sensitive = make_proposal(cast.programme, cast.manager, board=secret, marking=SENSITIVE)
    made = make_decision(cast.programme, cast.manager, cast.sro)
    scene.inside("sensitive_decision", sensitive)
    scene.inside("sensitive_option", sensitive.options.first())
    for name, decision in (("proposal", proposal), ("sensitive_proposal", sensitive), ("decision", made)):
        scene.inside(name, number=decision.reference)
    for name, decision, department in (
        ("position_of_mhclg", proposal, cast.mhclg),
        ("position_of_dwp", proposal, cast.dwp),
        ("sensitive_position_of_mhclg", sensitive, cast.mhclg),
    ):
        scene.inside(name, number=decision.reference, department=department.slug)
    for name, board in (("pack", plain), ("sensitive_pack", secret)):
        pack = _issued(board, cast.sro)
        scene.put(name, pack, slug=board.slug, number=pack.number)


_ORDER = ["governance.decisions_required"]


def _issued(board: Board, by: User, **answers: Any) -> Pack:
    """Asked for, and made in this process as a worker would."""
    pack = issue_pack(board, by=by, **answers)
    do_here(pack.newest_job)
    return Pack.objects.get(pk=pack.pk)


def _long_work(scene: Scene) -> None:
    say_present("a worker")
    job = Job.objects.create(kind="demo", title="A job", asked_by=scene.cast.sro)
    scene.put("job", job_id=job.pk)
    made = Job.objects.create(kind="demo", title="A file", asked_by=scene.cast.sro, state="FINISHED", ended_at=now())
    made.result_url = files.keep(made, io.BytesIO(b"bread"), "sandwich.txt")
    made.save()
    scene.put("job_file", job_id=made.pk, file_name="sandwich.txt")
    scene.inside("together", verb="close")
    saved = SavedFilter.objects.create(person=scene.cast.sro, name="Ours", path="/risks/", list_words="Risks")
    scene.put("saved_filter", pk=saved.pk)
