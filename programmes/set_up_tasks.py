from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Appointment, Party, Programme
from programmes.readiness import gaps
from programmes.readiness.findings import review_doubts
from programmes.set_up import State, Task, set_up_section
from xgov.access.roles import type_of_text
from xgov.records.figures import FigureState


def _page(name: str, programme: Programme, query: str = "") -> str:
    """The page of a task; it comes back to the task list when it is done."""
    return reverse(f"programmes:{name}", args=[programme.reference]) + "?from=set-up" + query


def _written(*parts: object) -> State:
    said = [bool(part) for part in parts]
    if all(said):
        return State.COMPLETED
    return State.IN_PROGRESS if any(said) else State.NOT_STARTED


@set_up_section("why", gettext_lazy("What and why"), order=10)
def what_and_why(programme: Programme) -> Iterator[Task]:
    yield Task(
        _("Name and describe the programme"), _page("details", programme), _written(programme.name, programme.summary)
    )
    yield Task(_("Write the shared outcome"), _page("outcome", programme), _written(programme.outcome))


@set_up_section("who", gettext_lazy("Who"), order=20)
def who(programme: Programme) -> Iterator[Task]:
    yield _partners(programme)
    yield _contributions(programme)
    held = set(Appointment.objects.current().filter(programme=programme).values_list("role", flat=True))
    for role, label in _PEOPLE.items():
        state = State.COMPLETED if role in held else State.NOT_STARTED
        yield Task(label, _page("appoint", programme, f"&role={role}"), state)
    yield _sponsors(programme)


_PEOPLE: dict[str, type_of_text] = {
    "sro": gettext_lazy("Appoint the senior responsible owner (SRO)"),
    "lead_accounting_officer": gettext_lazy("Name the lead accounting officer"),
    "programme_director": gettext_lazy("Appoint the programme director"),
}


def _partners(programme: Programme) -> Task:
    parties = [party for party in programme.parties.all() if party.role != Party.Role.LEAD]
    waiting = [party.department.short_name for party in parties if party.status == Party.Status.INVITED]
    joined = [party for party in parties if party.is_in]
    state, words = State.NOT_STARTED, ""
    if waiting:
        state = State.IN_PROGRESS
        words = _("Waiting for a programme manager of %(departments)s to answer.") % {"departments": _listed(waiting)}
    elif joined:
        state = State.COMPLETED
    return Task(_("Invite the other departments"), _page("people", programme), state, who=words)


def _contributions(programme: Programme) -> Task:
    """What each department that signs the memorandum will do: it stands there in these words."""
    core = [party for party in programme.parties.all() if party.is_in and party.role in ("LEAD", "CORE")]
    silent = [party.department.short_name for party in core if not party.contribution.strip()]
    state = State.COMPLETED if not silent else State.NOT_STARTED if len(silent) == len(core) else State.IN_PROGRESS
    words = _("Not said yet of %(departments)s.") % {"departments": _listed(silent)} if silent else ""
    return Task(_("Say what each department does"), _page("people", programme), state, words)


def _sponsors(programme: Programme) -> Task:
    """NAO's guide asks for a sponsor at the right level overall and in each department."""
    named = set(
        Appointment.objects.current()
        .filter(programme=programme, role="senior_sponsor")
        .values_list("department_id", flat=True)
    )
    core = [party for party in programme.parties.all() if party.is_in and party.role in ("LEAD", "CORE")]
    without = [party.department.short_name for party in core if party.department_id not in named]
    state = State.COMPLETED if not without else State.IN_PROGRESS if named else State.NOT_STARTED
    words = _("None yet in %(departments)s.") % {"departments": _listed(without)} if without else ""
    return Task(
        _("Name a senior sponsor in each department"), _page("appoint", programme, "&role=senior_sponsor"), state, words
    )


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@set_up_section("how", gettext_lazy("How"), order=30)
def how(programme: Programme) -> Iterator[Task]:
    label, page = _("Choose the lightest model of joint working that will do"), _page("choose-model", programme)
    if not programme.outcome:
        yield Task(label, page, State.CANNOT_START, _("Write the shared outcome first."))
    else:
        yield Task(label, page, _written(programme.delivery_model))
    yield Task(_("Say who decides what"), _page("who-decides", programme), _written(programme.who_decides))
    said = programme.data_moves != Programme.DataMoves.NOT_SAID
    needed = programme.data_moves != Programme.DataMoves.YES or programme.data_to_move
    yield Task(_("Say what data must move"), _page("data-needs", programme), _written(said, said and needed))


@set_up_section("money", gettext_lazy("Money and time"), order=40)
def money_and_time(programme: Programme) -> Iterator[Task]:
    yield Task(_("Set the dates"), _page("dates", programme), _written(programme.start_date, programme.end_date))
    figure = programme.whole_life_cost_figure
    settled = figure.is_known or (figure.state == FigureState.WITHHELD and figure.reason)
    yield Task(
        _("Record the whole-life cost"),
        _page("cost", programme),
        _written(settled) if not figure.reason or settled else State.IN_PROGRESS,
    )
    yield Task(_("Say who pays for what"), _page("who-pays", programme), _written(programme.who_pays))
    state, unclear = _written(programme.success_review, programme.first_review_on), review_doubts(programme)
    yield Task(
        _("Say how success is reviewed after launch"),
        _page("review", programme),
        State.IN_PROGRESS if unclear and state == State.COMPLETED else state,
        " ".join(unclear) if state == State.COMPLETED else "",
    )


@set_up_section("start", gettext_lazy("Start delivery"), order=100)
def start_delivery(programme: Programme) -> Iterator[Task]:
    label, page = _("Start delivery"), _page("status", programme)
    if programme.status not in {"IDEA", "SCREENING", "SETTING_UP", "PAUSED"}:
        yield Task(label, page, State.COMPLETED)
        return
    unclear = gaps(programme)
    if not unclear:
        yield Task(label, page, State.NOT_STARTED)
        return
    titles = _listed([str(each.question.title).lower() for each in unclear])
    words = _("Not clear yet: %(questions)s.") % {"questions": titles}
    yield Task(label, page, State.NOT_STARTED, words, _("The SRO may go ahead with a reason."))
