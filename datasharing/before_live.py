"""What a data flow still lacks before data may move (hard), and what deserves a second look (warnings).

The rules are the house's reading of the law (22 November 2026): PWR for powers, ROLE for parts in a flow, LB for lawful
bases, SC for special category and criminal data, DPIA for assessments.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from datasharing.law import regimes
from datasharing.law.conditions import OFFICIAL_AUTHORITY, Paragraph
from datasharing.law.powers import EXPRESS_STATUTE, NONE_NEEDED, confidentiality_of
from datasharing.models import Assessment, DataFlow, FlowController
from xgov.accounts.models import Department


@dataclass(frozen=True)
class Missing:
    """One thing that is not there yet. `department` must act; `about` is what the answer belongs to."""

    words: str
    department: Department | None
    about: str  # department | part | assessment | retention | dataset


def missing_before_live(flow: DataFlow) -> list[Missing]:
    """Everything that stops this flow, in the order in which it is best put right. Ask `with_what_live_needs()`."""
    found = [*_no_longer_in(flow), *_confidentiality(flow)]
    if flow.dataset.is_withdrawn:
        found.append(Missing(_("The dataset has been withdrawn."), flow.dataset.kept_by, "dataset"))
    if flow.dataset.is_personal:
        found += [*_parts(flow), *_assessment(flow), *_retention(flow)]
    return found


def _no_longer_in(flow: DataFlow) -> Iterator[Missing]:
    """Data moves only between departments that are in the programme, whatever the law would let them do."""
    taking_part = {party.department_id for party in flow.programme.parties.all() if party.is_in}
    others = (part.department for part in flow.controllers.all())
    in_flow = {each.pk: each for each in (flow.from_department, flow.to_department, *others)}
    for department in in_flow.values():
        if department.pk not in taking_part:
            words = _("%(department)s is no longer in this programme.")
            yield Missing(words % {"department": department.short_name}, flow.kept_by, "department")


def _confidentiality(flow: DataFlow) -> Iterator[Missing]:
    """PWR-1: HM Revenue and Customs discloses only through a gateway in an Act, whatever its lawful basis."""
    rule = confidentiality_of(flow.from_department.slug, flow.from_department.abbreviation)
    if rule is None or not rule.blocks:
        return
    part = _part_of(flow, flow.from_department_id)
    if part is None or part.power != EXPRESS_STATUTE or not part.power_provision:
        words = _("%(department)s may not disclose without a gateway in an Act (%(law)s). Name the Act and section.")
        named = {"department": flow.from_department.short_name, "law": rule.law}
        yield Missing(words % named, flow.from_department, "part")


def _part_of(flow: DataFlow, department_id: int) -> FlowController | None:
    return next((part for part in flow.controllers.all() if part.department_id == department_id), None)


def _parts(flow: DataFlow) -> Iterator[Missing]:
    parts = list(flow.controllers.all())
    for department in (flow.from_department, flow.to_department):
        if _part_of(flow, department.pk) is None:
            words = _("%(department)s has not recorded its part in this flow.")
            yield Missing(words % {"department": department.short_name}, department, "part")
    if parts and not any(part.decides for part in parts):
        yield Missing(_("No department is the controller of this data."), None, "part")
    if sum(part.role == FlowController.Role.JOINT_CONTROLLER for part in parts) == 1:
        yield Missing(_("Only one department is a joint controller. There must be two or more."), None, "part")
    for part in parts:
        yield from missing_of_part(part, flow)


def missing_of_part(part: FlowController, flow: DataFlow) -> Iterator[Missing]:
    """What one department still has to say about its part."""
    for words in _part_words(part, flow):
        yield Missing(_("%(department)s: %(what)s") % {"department": part.department.short_name, "what": words},
                      part.department, "part")  # fmt: skip


def _part_words(part: FlowController, flow: DataFlow) -> Iterator[str]:
    if part.role == FlowController.Role.JOINT_CONTROLLER and not part.arrangement:
        yield _("joint controllers need an arrangement between them; say where it is kept.")
    if part.processes_for_another and not part.arrangement:
        yield _("a processor needs a contract; give its reference.")
    if part.role == FlowController.Role.RECIPIENT_NON_PERSONAL:
        yield _("takes part without personal data, but this dataset holds personal data.")
    if part.decides:
        yield from _basis_words(part)
        yield from _power_words(part)
        yield from _condition_words(part, flow)


def _basis_words(part: FlowController) -> Iterator[str]:
    basis = part.basis_words
    if part.regime == regimes.NON_PERSONAL:
        yield _("its data protection regime says that there is no personal data, but the dataset holds some.")
        return
    if basis is None:
        yield _("no lawful basis is recorded yet.")
        return
    if basis.needs_provision and not part.basis_provision:
        yield _("this lawful basis needs the law that gives the function or sets the duty.")
    if basis.needs_detail and not part.basis_detail:
        yield _("this lawful basis needs a note of %(what)s.") % {"what": basis.needs_detail}


def _power_words(part: FlowController) -> Iterator[str]:
    power = part.power_words
    if power is None:
        yield _("no power to share is recorded yet.")
    elif power.code == NONE_NEEDED:
        yield _("personal data cannot be shared without a power to share.")
    elif power.needs_provision and not part.power_provision:
        yield _("this power to share needs its Act and section, or the order.")


def _condition_words(part: FlowController, flow: DataFlow) -> Iterator[str]:
    """SC-1 to SC-4."""
    under_gdpr = part.regime == regimes.UK_GDPR
    condition, paragraph = part.condition_words, part.paragraph_words
    if flow.dataset.is_special_category and condition is None:
        yield _("special category data needs a condition of its own.")
    if flow.dataset.is_special_category and under_gdpr and condition is not None and condition.schedule_1_part:
        yield from _schedule_1_words(condition.schedule_1_part, paragraph)
    if flow.dataset.is_criminal and under_gdpr:
        if not part.criminal_route:
            yield _("criminal offence data needs official authority or a condition of Schedule 1.")
        elif part.criminal_route != OFFICIAL_AUTHORITY and paragraph is None:
            yield _("name the condition of Schedule 1 for criminal offence data.")
    if paragraph is not None and paragraph.needs_policy_document and not part.policy_document:
        yield _("this condition needs an appropriate policy document; say where it is kept.")


def _schedule_1_words(part: int, paragraph: Paragraph | None) -> Iterator[str]:
    if paragraph is None or paragraph.part != part:
        yield _("this condition also needs a condition in Part %(part)s of Schedule 1.") % {"part": part}


def _assessment(flow: DataFlow) -> Iterator[Missing]:
    """DPIA-1 and DPIA-2: joining personal data across departments is data matching."""
    assessment = flow.assessment
    if assessment is None:
        words = _("There is no data protection impact assessment (DPIA), and none was screened as not needed.")
        yield Missing(words, flow.kept_by, "assessment")
    elif not assessment.lets_data_move:
        words = _("The data protection impact assessment (DPIA) is not approved: %(state)s.")
        yield Missing(words % {"state": assessment.get_state_display().lower()}, assessment.kept_by, "assessment")


def _retention(flow: DataFlow) -> Iterator[Missing]:
    if not flow.has_retention:
        yield Missing(
            _("Nobody has recorded how long the data is kept, and what happens to it then."), flow.kept_by, "retention"
        )


def warnings_about(flow: DataFlow) -> list[str]:
    """What does not stop the flow but should be looked at."""
    return [*_part_warnings(flow), *_assessment_warnings(flow)]


def _part_warnings(flow: DataFlow) -> Iterator[str]:
    for part in flow.controllers.all():
        basis = part.basis_words
        if part.decides and basis is not None and basis.doubtful_for_public_authority:
            words = _(
                "%(department)s relies on %(basis)s, which a public authority cannot use for its own tasks. "
                "The data protection officer, %(officer)s, gave this reason: %(reason)s"
            )
            yield words % {
                "department": part.department.short_name,
                "basis": basis.label,
                "officer": part.officer_name,
                "reason": part.officer_reason,
            }
    rule = confidentiality_of(flow.from_department.slug, flow.from_department.abbreviation)
    part = _part_of(flow, flow.from_department_id)
    has_gateway = part is not None and part.power == EXPRESS_STATUTE and part.power_provision
    if rule is not None and not rule.blocks and not has_gateway:
        words = _("What %(department)s holds may be protected by %(law)s. Check that the power to share covers it.")
        yield words % {"department": flow.from_department.short_name, "law": rule.law}


def _assessment_warnings(flow: DataFlow) -> Iterator[str]:
    assessment = flow.assessment
    if assessment is None or not flow.dataset.is_personal:
        return
    if assessment.state == Assessment.State.APPROVED and assessment.is_review_due:
        yield _("The review of the data protection impact assessment (DPIA) is due.")
    if flow.live_since and assessment.started_on > flow.live_since:
        yield _("The data protection impact assessment (DPIA) was started after the data began to move.")
