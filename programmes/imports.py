"""Taking in a publication of the Government Major Projects Portfolio: programmes, what was published, ratings."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from programmes.gmpp_departments import Departments
from programmes.gmpp_file import GmppFile, GmppRow, read_gmpp
from programmes.gmpp_notes import notes_on, without_a_lead
from programmes.models import ConfidenceRating, Party, Programme, PublishedReturn
from xgov.access import grants
from xgov.papers.importing import CREATED, UNCHANGED, UPDATED, BadFile, ImportReport

Kind, Origin, Phase, Status, Tier = (
    ConfidenceRating.Kind, Programme.Origin, Programme.Phase, Programme.Status, Programme.Tier,
)  # fmt: skip
_RATERS = {Kind.SRO: "Senior responsible owner", Kind.INDEPENDENT: "Infrastructure and Projects Authority (IPA)"}
_NISTA = "National Infrastructure and Service Transformation Authority (NISTA)"
_NISTA_SINCE = date(2025, 4, 1)  # when the IPA became part of NISTA
_STATUS = ("status", "status_since", "status_reason", "phase")


@transaction.atomic
def import_gmpp(path: str | Path, *, as_at: date | None = None) -> ImportReport:
    """Create or update a programme for each project in the file. A second run changes nothing.

    Signed by whoever is acting. Raises BadFile, and then saves nothing. A project that is absent is left as it is:
    the publication does not say why a project has left. What an older publication says does not overwrite what a
    newer one said, and a programme that was set up here keeps its own facts.
    """
    file = read_gmpp(path, as_at=as_at)
    return _Import(file, ImportReport(notes=list(file.notes), kept_as_text=file.kept_as_text)).run()


class _Import:
    def __init__(self, file: GmppFile, report: ImportReport) -> None:
        self.file, self.report = file, report
        self.programmes: dict[int, Programme] = {}  # by row
        self.newest = {each.programme_id: each for each in PublishedReturn.objects.order_by("as_at")}
        self.created: set[int] = set()
        self.news: set[int] = set()  # the rows whose facts the programme takes over
        self.changed: set[int] = set()

    def run(self) -> ImportReport:
        self._refuse_one_address_for_two()
        self._save_programmes()
        self._save_leads()
        self._save_returns()
        self._save_ratings()
        self._tell()
        return self.report

    def _refuse_one_address_for_two(self) -> None:
        """Identifiers may differ in signs that no address can carry, or after as many letters as one can."""
        seen: dict[str, GmppRow] = {}
        for row in self.file:
            other = seen.setdefault(_reference(row).upper(), row)
            if other is not row:
                words = f"“{row.identifier}” and “{other.identifier}” of row {other.number} can not be told apart"
                raise BadFile(self.file.path, words, row=row.number)

    # --- programmes --------------------------------------------------------------------------

    def _save_programmes(self) -> None:
        known = {programme.reference: programme for programme in Programme.objects.all()}
        imported = [programme for programme in known.values() if programme.origin == Origin.PORTFOLIO_RETURN]
        by_name = {(each.department_as_given, each.name): each for each in imported}
        new, altered = [], []
        for row in self.file:
            programme = known.get(_reference(row))
            if programme is None and not row.identifier:
                programme = by_name.get((row.department, row.name))
            if programme is None:
                programme = Programme(reference=_reference(row), origin=Origin.PORTFOLIO_RETURN, **self._facts(row))
                new.append(programme)
                self.created.add(row.number)
                self.news.add(row.number)
            elif self._is_news(programme, row):
                self.news.add(row.number)
                if _alter(programme, self._facts_for(programme, row)):
                    altered.append(programme)
                    self.changed.add(row.number)
            self.programmes[row.number] = programme
        Programme.objects.create_many(new)
        Programme.objects.save_many(altered, list(self._facts(self.file.rows[0])))

    def _is_news(self, programme: Programme, row: GmppRow) -> bool:
        """Whether the row says something that the newest publication known here did not say.

        What people have changed here since is not undone by reading the same file again.
        """
        if programme.origin != Origin.PORTFOLIO_RETURN:
            return False
        newest = self.newest.get(programme.pk)
        if newest is None or newest.as_at < self.file.as_at:
            return True
        return newest.as_at == self.file.as_at and newest.as_given != row.raw

    def _facts_for(self, programme: Programme, row: GmppRow) -> dict[str, Any]:
        """The facts, without a status that people here have set."""
        facts, newest = self._facts(row), self.newest.get(programme.pk)
        if newest and programme.status_reason != _why_this_status(newest.publication):
            facts = {name: value for name, value in facts.items() if name not in _STATUS}
        return facts

    def _facts(self, row: GmppRow) -> dict[str, Any]:
        for what, limit in (("name", 300), ("category", 100), ("department", 100)):
            if len(getattr(row, what)) > limit:
                raise BadFile(self.file.path, f"the {what} has more than {limit} characters", row=row.number)
        early = row.start.reason.casefold().startswith("early planning") or row.sro.as_given.startswith(
            "Early planning"
        )
        end, end_reason = _end(row)
        return {
            "name": row.name,
            "summary": row.description,
            "category": row.category,
            "tier": Tier.GMPP,
            "status": Status.SETTING_UP if early else Status.DELIVERING,
            "status_since": self.file.as_at,
            "status_reason": _why_this_status(self.file.publication),
            "phase": Phase.FEASIBILITY if early else Phase.DELIVER,
            "start_date": row.start.day,
            "start_date_reason": row.start.reason,
            "end_date": end,
            "end_date_reason": end_reason,
            "whole_life_cost": row.whole_life_cost.amount,
            "whole_life_cost_state": row.whole_life_cost.state,
            "whole_life_cost_reason": row.whole_life_cost.reason,
            "whole_life_cost_section": row.whole_life_cost.section,
            "price_base": self.file.price_base,
            "department_as_given": row.department,
        }

    # --- the lead department, from the department column --------------------------------------

    def _save_leads(self) -> None:
        departments, unknown = Departments(), Counter[str]()
        led = {party.programme_id: party for party in Party.objects.filter(role=Party.Role.LEAD)}
        parties = {(party.programme_id, party.department_id) for party in Party.objects.all()}
        new, moved = [], []
        for row in self.file:
            programme = self.programmes[row.number]
            department = departments.find(row.department)
            if programme.origin != Origin.PORTFOLIO_RETURN or programme.department_as_given != row.department:
                continue
            if department is None:
                unknown[row.department or _("(empty)")] += 1
            elif programme.pk not in led and (programme.pk, department.pk) not in parties:
                new.append(_lead(programme, department, self.file.as_at))
                self.changed.add(row.number)
            elif row.number in self.news and programme.pk in led and led[programme.pk].department_id != department.pk:
                moved.append((row, led[programme.pk], department))
        Party.objects.create_many(new)
        self._move(moved)
        grants.sync_many(party.programme for party in new)
        for code, count in sorted(unknown.items()):
            self.report.note(without_a_lead(count, code))

    def _move(self, moved: list[tuple[GmppRow, Party, models.Model]]) -> None:
        """A project that another department leads now: the former one stays as a partner that has withdrawn."""
        for row, party, department in moved:
            party.role, party.status = Party.Role.CORE, Party.Status.WITHDRAWN
            party.withdrawn_on, party.withdrawal_reason = self.file.as_at, _why_this_status(self.file.publication)
            party.save()
            programme = self.programmes[row.number]
            joined = Party.objects.filter(programme=programme, department=department).first()
            lead = joined or _lead(programme, department, self.file.as_at)
            lead.role, lead.status, lead.withdrawn_on = Party.Role.LEAD, Party.Status.ACCEPTED, None
            lead.answered_on = lead.answered_on or self.file.as_at
            lead.save()
            grants.sync(programme)
            self.changed.add(row.number)

    # --- what was published, and the ratings --------------------------------------------------

    def _save_returns(self) -> None:
        present = {each.programme_id: each for each in self._published_here(PublishedReturn.objects)}
        self._save(PublishedReturn, ((row, present.get(self._pk(row)), self._return(row)) for row in self.file))

    def _published_here(self, returns: models.Manager) -> models.QuerySet:
        return returns.filter(publication=self.file.publication)

    def _return(self, row: GmppRow) -> dict[str, Any]:
        figures = {"baseline": row.baseline, "forecast": row.forecast, "benefits": row.benefits}
        values: dict[str, Any] = {
            "publication": self.file.publication,
            "as_at": self.file.as_at,
            "as_given": row.raw,
            "variance_percent": row.variance,
            "variance_reason": row.variance_reason,
        }
        for name, figure in figures.items():
            values |= {
                name: figure.amount,
                f"{name}_state": figure.state,
                f"{name}_reason": figure.reason,
                f"{name}_section": figure.section,
            }
        return values

    def _save_ratings(self) -> None:
        here = ConfidenceRating.objects.filter(rated_on=self.file.as_at, rated_by__isnull=True)
        present = {(each.programme_id, each.kind): each for each in here}
        wanted = []
        for row in self.file:
            for kind, given in ((Kind.INDEPENDENT, row.independent), (Kind.SRO, row.sro)):
                if not given.is_given:
                    continue
                values = {
                    "kind": kind,
                    "scale": self.file.scale,
                    "rating": given.rating,
                    "rating_as_given": given.as_given,
                    "section": given.section,
                    "rated_on": self.file.as_at,
                    "rater": self._rater(kind),
                    "narrative": row.confidence_narrative,
                }
                wanted.append((row, present.get((self._pk(row), kind)), values))
        self._save(ConfidenceRating, wanted)

    def _rater(self, kind: str) -> str:
        return _NISTA if kind == Kind.INDEPENDENT and self.file.as_at >= _NISTA_SINCE else _RATERS[kind]

    def _save(self, model: type[models.Model], wanted: Iterable[tuple[GmppRow, Any, dict[str, Any]]]) -> None:
        """Create what is missing and change what differs, with history, in two writes."""
        new, altered, fields = [], [], []
        for row, record, values in wanted:
            fields = list(values)
            if record is None:
                new.append(model(programme=self.programmes[row.number], **values))
                self.changed.add(row.number)
            elif _alter(record, values):
                altered.append(record)
                self.changed.add(row.number)
        model.objects.create_many(new)
        model.objects.save_many(altered, fields)

    def _pk(self, row: GmppRow) -> int:
        return self.programmes[row.number].pk

    # --- what is told of it ------------------------------------------------------------------

    def _tell(self) -> None:
        for row in self.file:
            kind = CREATED if row.number in self.created else UPDATED if row.number in self.changed else UNCHANGED
            words = f"{self.programmes[row.number].reference} {row.name}"
            self.report.count(kind, words if kind != UNCHANGED else "")
            if not row.identifier:
                self.report.note(f"Row {row.number} has no identifier; it is {words} here.")
            if row.end.day and row.start.day and row.end.day < row.start.day:
                self.report.note(f"{words}: the end date is before the start date, so it is kept as text.")
        for note in notes_on(self.file):
            self.report.note(note)


def _why_this_status(publication: str) -> str:
    return _("In the %(publication)s, which gives no status.") % {"publication": publication}


# What stands in that place of an address for another page.
NOT_A_REFERENCE = {"new"}


def _reference(row: GmppRow) -> str:
    """The identifier, as an address can carry it; for a project without one, one made of its name and department."""
    if cleaned := re.sub(r"[^A-Za-z0-9._-]+", "-", row.identifier).strip("-._")[:40]:
        return f"GMPP-{cleaned}" if cleaned.lower() in NOT_A_REFERENCE else cleaned
    return f"GMPP-{hashlib.sha256(f'{row.department} {row.name}'.casefold().encode()).hexdigest()[:10]}"


def _end(row: GmppRow) -> tuple[date | None, str]:
    """A programme can not end before it starts: an end date that does is kept in words."""
    if row.start.day and row.end.day and row.end.day < row.start.day:
        return None, _("Published as %(day)s, which is before the start date.") % {"day": row.end.day.isoformat()}
    return row.end.day, row.end.reason


def _lead(programme: Programme, department: models.Model, as_at: date) -> Party:
    return Party(
        programme=programme, department=department, role=Party.Role.LEAD, status=Party.Status.ACCEPTED,
        answered_on=as_at,
    )  # fmt: skip


def _alter(record: models.Model, values: dict[str, Any]) -> bool:
    altered = {field: value for field, value in values.items() if getattr(record, field) != value}
    for field, value in altered.items():
        setattr(record, field, value)
    return bool(altered)
