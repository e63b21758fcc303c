from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.actions import rate_confidence
from programmes.actions.statuses import is_sro
from programmes.concerns import latest_by_kind
from programmes.forms import RatingForm
from programmes.models import ConfidenceRating
from programmes.tags import rating_tag
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check
from xgov.pages.values import day


@require_safe
def confidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Every rating of delivery confidence, newest first, each on the scale it was given on."""
    programme, context = programme_page(request, reference, active="overview")
    ratings = list(programme.confidence_ratings.select_related("rated_by"))
    newest = latest_by_kind(ratings)
    own, independent = newest.get("SRO"), newest.get("INDEPENDENT")
    context |= {
        "ratings": [(rating, rating_tag(rating.rating, rating.section)) for rating in ratings],
        "differ": own and independent and own.scale == independent.scale and own.rating != independent.rating,
        "own": own,
        "independent": independent,
        "scales": {rating.scale for rating in ratings},
        "may_rate": Permission.MANAGE in context["programme_permissions"] and not programme.is_over,
    }
    return render(request, "programmes/confidence.html", context)


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="overview")
    rules.require(request.user, Permission.MANAGE, programme)
    form = RatingForm(request.POST or None, is_sro=is_sro(programme, request.user))
    newest = latest_by_kind(programme.confidence_ratings.select_related("programme"))
    check = Check(request, form, *newest.values())
    if form.is_valid() and check.carry_out(rate_confidence, programme, by=request.user, **form.answers):
        rating: ConfidenceRating = form.result
        messages.success(request, _("Rated %(rating)s.") % {"rating": rating.get_rating_display().lower()})
        return redirect("programmes:confidence", programme.reference)
    back = reverse("programmes:confidence", args=[programme.reference])
    context |= {"form": form, "check": check, "cancel": back}
    if not check.is_due:
        context |= {
            "heading": _("Rate delivery confidence"),
            "intro": _(
                "The three-point scale now in use. A rating is a judgement on one day; earlier ones stay as they were."
            ),
            "action": _("Continue"),
        }
        return render(request, "pages/form.html", context)
    context |= {
        "heading": _("Check the rating"),
        "action": _("Save rating"),
        "consequences": _what_rating_means(newest.get(form.cleaned_data["kind"])),
    }
    return render(request, "pages/check.html", context)


def _what_rating_means(last: ConfidenceRating | None) -> list[str]:
    words = [
        _("Everyone who sees the programme sees it, and so do the readers of the next board pack."),
        _("It cannot be changed afterwards, only followed by another."),
    ]
    if last is not None:
        said = {"rating": last.get_rating_display().lower(), "day": day(last.rated_on)}
        words.insert(0, _("The last such rating, %(rating)s on %(day)s, stays as it was.") % said)
    return words
