"""Taking in the GOV.UK organisations: bodies created, updated and closed, their names dated, their links kept."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from xgov.accounts.models import Department, DepartmentName, DepartmentParent, Succession
from xgov.accounts.organisation_file import OrganisationFacts, read_organisations
from xgov.papers.importing import CLOSED, CREATED, UNCHANGED, UPDATED, BadFile, ImportReport
from xgov.records.clock import today

# What the record holds of each fact that the file gives.
_FIELDS = {
    "slug": "slug",
    "content_id": "content_id",
    "name": "title",
    "abbreviation": "abbreviation",
    "kind": "kind",
    "kind_as_given": "kind_as_given",
    "status_as_given": "status_as_given",
    "is_closed": "is_closed",
    "closed_on": "closed_on",
    "closed_reason": "closed_reason",
    "source_updated_at": "updated_at",
}


@transaction.atomic
def import_organisations(path: str | Path) -> ImportReport:
    """Make the departments say what a dump of the organisations API says. A second run changes nothing.

    Signed by whoever is acting. Raises BadFile, and then saves nothing. A body that the file does not name is left
    as it is: a dump may hold a part only, and a body that ends is named there as closed.
    """
    facts, notes = read_organisations(path)
    return _Import(path, facts, ImportReport(notes=notes)).run()


class _Import:
    def __init__(self, path: str | Path, facts: list[OrganisationFacts], report: ImportReport) -> None:
        self.path, self.facts, self.report = path, facts, report
        self.known = {department.slug: department for department in Department.objects.all()}
        self.by_content_id = {each.content_id: each for each in self.known.values() if each.content_id}
        self.names = {*self.known, *(each.slug for each in facts)}
        self.created: set[str] = set()
        self.changed: set[str] = set()
        self.closing: set[str] = set()

    def run(self) -> ImportReport:
        self._save_departments()
        self._save_names()
        self._save_parents()
        self._save_successions()
        self._tell()
        return self.report

    # --- the bodies --------------------------------------------------------------------------

    def _save_departments(self) -> None:
        new, altered = [], []
        for each in self.facts:
            department = self._match(each)
            if department is None:
                values = {field: getattr(each, fact) for field, fact in _FIELDS.items()}
                new.append(Department(**values, links_as_given=self._unmatched(each)))
                self.created.add(each.slug)
            elif self._alter(department, each):
                altered.append(department)
                self.changed.add(each.slug)
        Department.objects.save_many(altered, [*_FIELDS, "links_as_given"])
        for department in [*Department.objects.create_many(new), *altered]:
            self.known[department.slug] = department

    def _match(self, facts: OrganisationFacts) -> Department | None:
        """The record of this body: by GOV.UK's identifier, else by its address."""
        by_id, by_slug = self.by_content_id.get(facts.content_id), self.known.get(facts.slug)
        if by_id and by_slug and by_id.pk != by_slug.pk:
            raise BadFile(self.path, f"“{facts.title}” has the address {facts.slug}, which here belongs to {by_slug}")
        if by_slug and by_slug.content_id and facts.content_id and by_slug.content_id != facts.content_id:
            raise BadFile(self.path, f"“{facts.title}” ({facts.slug}) is known here under another identifier")
        return by_id or by_slug

    def _alter(self, department: Department, facts: OrganisationFacts) -> bool:
        said = {field: getattr(facts, fact) for field, fact in _FIELDS.items() if fact not in facts.not_said}
        if said.get("is_closed") is False:
            said["closed_on"] = None
        said["links_as_given"] = self._unmatched(facts)
        altered = {field: value for field, value in said.items() if getattr(department, field) != value}
        if altered.get("is_closed"):
            self.closing.add(facts.slug)
        for field, value in altered.items():
            setattr(department, field, value)
        return bool(altered)

    # --- their names, with dates -------------------------------------------------------------

    def _save_names(self) -> None:
        present = {name.department_id: name for name in DepartmentName.objects.filter(until__isnull=True)}
        ended, begun = [], []
        for each in self.facts:
            department = self.known[each.slug]
            before = present.get(department.pk)
            if before and (before.name, before.abbreviation) == (department.name, department.abbreviation):
                continue
            since = date.min
            if before:
                since = max(_changed_on(each), before.since)
                before.until = since
                ended.append(before)
            name = DepartmentName(department=department, name=department.name, abbreviation=department.abbreviation)
            name.since = since
            begun.append(name)
            self.changed.add(each.slug)
        DepartmentName.objects.save_many(ended, ["until"])
        DepartmentName.objects.create_many(begun)

    # --- what belongs to what, and what followed what -----------------------------------------

    def _save_parents(self) -> None:
        present: dict[int, dict[int, DepartmentParent]] = defaultdict(dict)
        for link in DepartmentParent.objects.filter(until__isnull=True):
            present[link.child_id][link.parent_id] = link
        begun, ended = [], []
        for each in self.facts:
            if "parents" in each.not_said:
                continue
            child = self.known[each.slug]
            wanted = {self.known[slug].pk for slug in each.parents if slug in self.known}
            since = date.min if each.slug in self.created else today()
            new = [parent for parent in wanted if parent not in present[child.pk]]
            begun += [DepartmentParent(child=child, parent_id=parent, since=since) for parent in sorted(new)]
            old = [link for parent, link in present[child.pk].items() if parent not in wanted]
            for link in old:
                link.until = max(today(), link.since)
            ended += old
            if new or old:
                self.changed.add(each.slug)
        DepartmentParent.objects.create_many(begun)
        DepartmentParent.objects.save_many(ended, ["until"])

    def _save_successions(self) -> None:
        present = {(link.predecessor_id, link.successor_id): link for link in Succession.objects.all()}
        begun, dated = [], []
        for old, new in self._successions():
            predecessor, successor = self.known[old], self.known[new]
            link = present.get((predecessor.pk, successor.pk))
            if link is None:
                link = Succession(predecessor=predecessor, successor=successor, effective_on=predecessor.closed_on)
                begun.append(link)
                self.changed.add(old)
            elif link.effective_on is None and predecessor.closed_on is not None:
                link.effective_on = predecessor.closed_on
                dated.append(link)
                self.changed.add(old)
        Succession.objects.create_many(begun)
        Succession.objects.save_many(dated, ["effective_on"])

    def _successions(self) -> list[tuple[str, str]]:
        """Old and new, from both ends: some links are given at one end only."""
        pairs = {(each.slug, new) for each in self.facts for new in each.successors}
        pairs |= {(old, each.slug) for each in self.facts for old in each.predecessors}
        return sorted(pair for pair in pairs if pair[0] in self.known and pair[1] in self.known)

    def _unmatched(self, facts: OrganisationFacts) -> dict[str, list[str]]:
        """The links to bodies that are neither here nor in the file: they are kept as they were given."""
        links = {"parents": facts.parents, "successors": facts.successors, "predecessors": facts.predecessors}
        unknown = {kind: [slug for slug in slugs if slug not in self.names] for kind, slugs in links.items()}
        return {kind: slugs for kind, slugs in unknown.items() if slugs}

    # --- what is told of it ------------------------------------------------------------------

    def _tell(self) -> None:
        for each in self.facts:
            kind: Any = UNCHANGED
            if each.slug in self.created:
                kind = CREATED
            elif each.slug in self.closing:
                kind = CLOSED
            elif each.slug in self.changed:
                kind = UPDATED
            self.report.count(kind, f"{each.title} ({each.slug})" if kind != UNCHANGED else "")
            for links, slugs in self._unmatched(each).items():
                self.report.kept_as_text += len(slugs)
                self.report.note(f"{each.title}: its {links} include {', '.join(slugs)}, which is not in the file.")
            self.report.kept_as_text += len(each.kept_as_text)
            for sentence in each.kept_as_text:
                self.report.note(sentence)
        absent = len(self.known) - len(self.facts)
        if absent > 0:
            known = "1 department known here is" if absent == 1 else f"{absent:,} departments known here are"
            left = "was left as it is" if absent == 1 else "were left as they are"
            self.report.note(f"{known} not in the file and {left}.")


def _changed_on(facts: OrganisationFacts) -> date:
    return timezone.localdate(facts.updated_at) if facts.updated_at else today()
