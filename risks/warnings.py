"""What is wrong with a risk, in sentences. The rules are warnings, not blocks, and local defaults."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from risks.escalation.limits import points_above
from risks.models import Risk
from risks.register_terms import is_on_another_scale, terms_of
from risks.standing import possible_owners
from risks.summaries import Summary
from xgov.pages import values
from xgov.records.clock import today

# How long before it runs out an acceptance is spoken of: a local default.
SOON = timedelta(days=14)


def attention_to(risk: Risk, summary: Summary) -> list[str]:
    """The sentences for an open risk; none for a draft and for one that has ended."""
    if not risk.is_open:
        return []
    return [*_of_appetite(risk, summary), *_of_time(risk, summary), *_of_itself(risk, summary)]


def _of_appetite(risk: Risk, summary: Summary) -> Iterator[str]:
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
        if not summary.mitigations and not risk.is_accepted:  # rule RSK-4
            yield _("Nothing is planned about it and nobody has accepted it. Add a mitigation, or ask for acceptance.")
    if risk.above_tolerance_since:
        yield _("Above what is tolerated, %(limit)d, since %(day)s.") % {
            "day": values.day(risk.above_tolerance_since),
            "limit": risk.tolerance_limit,
        }
    if risk.appetite_limit is None:
        yield _("No appetite has been agreed for its category, so its score makes it escalate to nobody.")


def _of_time(risk: Risk, summary: Summary) -> Iterator[str]:
    if risk.is_overdue:
        yield _("Its review was due on %(day)s. Review it and score it again.") % {"day": values.day(risk.review_due)}
    if summary.late_mitigations:
        words = ngettext("A mitigation is late.", "%(number)d of its mitigations are late.", summary.late_mitigations)
        yield words % {"number": summary.late_mitigations}
    if risk.target_by and risk.target_by < today() and risk.target and risk.residual_score > risk.target_score:
        yield _("It was to be down to its target of %(score)d by %(day)s.") % {
            "score": risk.target_score,
            "day": values.day(risk.target_by),
        }
    if summary.acceptance and summary.acceptance.expires_on <= today() + SOON:
        yield _("Its acceptance runs out on %(day)s.") % {"day": values.day(summary.acceptance.expires_on)}


def _of_itself(risk: Risk, summary: Summary) -> Iterator[str]:
    if not possible_owners(risk.programme, risk.marking).filter(pk=risk.owner_id).exists():
        yield _("%(owner)s no longer has a role here. Name another owner.") % {"owner": risk.owner}
    if summary.weak_controls:
        words = ngettext("A control does not work.", "%(number)d of its controls do not work.", summary.weak_controls)
        yield words % {"number": summary.weak_controls}
    if not risk.falls_step_by_step:
        yield _("The scores do not fall from inherent to residual to target. Check them.")
