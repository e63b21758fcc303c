"""What is wrong with a risk, in sentences. The rules are warnings, not blocks, and local defaults."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from risks.escalation.limits import points_above
from risks.models import Mitigation, Risk
from risks.register_terms import is_on_another_scale, terms_of
from risks.standing import possible_owners
from xgov.pages import values


def attention_to(risk: Risk, mitigations: Iterable[Mitigation]) -> list[str]:
    """The sentences for an open risk; none for a draft and for one that has ended."""
    return list(_found(risk, [each for each in mitigations if each.is_planned])) if risk.is_open else []


def _found(risk: Risk, planned: list[Mitigation]) -> Iterator[str]:
    terms = terms_of(risk.programme)
    if is_on_another_scale(risk, terms):
        words = _("Its scores are of the scale “%(old)s”. The register now uses “%(new)s”: score it again.")
        yield words % {"old": risk.get_scale_display(), "new": terms.scale.label}
    if risk.above_appetite_since:
        yield _(
            "Above the appetite since %(day)s: the residual score %(score)d is %(points)d above the limit of %(limit)d."
        ) % {
            "day": values.day(risk.above_appetite_since),
            "score": risk.residual_score,
            "points": points_above(risk),
            "limit": risk.appetite_limit,
        }
        if not planned:
            yield _("Nothing is planned about it. Add a mitigation, or agree another appetite.")
    if risk.above_tolerance_since:
        yield _("Above what is tolerated, %(limit)d, since %(day)s.") % {
            "day": values.day(risk.above_tolerance_since),
            "limit": risk.tolerance_limit,
        }
    if risk.appetite_limit is None:
        yield _("No appetite has been agreed for its category, so its score makes it escalate to nobody.")
    if risk.is_overdue:
        yield _("Its review was due on %(day)s. Review it and score it again.") % {"day": values.day(risk.review_due)}
    late = sum(each.is_late for each in planned)
    if late:
        yield (
            _("%(number)d of its mitigations are late.") % {"number": late} if late > 1 else _("A mitigation is late.")
        )
    if not possible_owners(risk.programme).filter(pk=risk.owner_id).exists():
        yield _("%(owner)s no longer has a role here. Name another owner.") % {"owner": risk.owner}
    if not risk.falls_step_by_step:
        yield _("The scores do not fall from inherent to residual to target. Check them.")
