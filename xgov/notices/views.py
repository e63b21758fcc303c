"""A person's own notices, and whether they want the daily mail. Nobody else's are reached from here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xgov.notices import choosing
from xgov.notices.forms import EmailForm
from xgov.notices.models import Notice
from xgov.notices.sight import seen_by
from xgov.pages.paging import page_asked_for
from xgov.records.clock import now

_ON_A_PAGE = 50


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first. One about a record that is no longer open to the person says so, and not what it said."""
    page = page_asked_for(request, Paginator(Notice.objects.to_person(request.user), _ON_A_PAGE))
    rows = list(page.object_list)
    in_sight = {notice.pk for notice in seen_by(request.user, rows, lambda row: (row.about_model, row.about_id))}
    context = {
        "rows": [(notice, notice.pk in in_sight) for notice in rows],
        "newest": max((notice.pk for notice in rows), default=0),
        "unread": Notice.objects.to_person(request.user).unread().count(),
        "page": page,
        "wants_digest": choosing.wants_digest(request.user),
    }
    return render(request, "notices/list.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """All up to the newest that stood on the page: one that came meanwhile stays new."""
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdigit() and len(newest) < 18:
        Notice.objects.to_person(request.user).unread().filter(pk__lte=int(newest)).update(read_at=now())
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    wanted = "yes" if choosing.wants_digest(request.user) else "no"
    form = EmailForm(request.POST or None, initial={"wanted": wanted})
    if form.is_valid():
        choosing.choose_digest(request.user, wanted=form.cleaned_data["wanted"])
        said = _("You will get the daily email.") if form.cleaned_data["wanted"] else _("The daily email is off.")
        messages.success(request, said)
        return redirect("notices:list")
    words = {"heading": _("Daily email"), "action": _("Save choice"), "cancel": reverse("notices:list")}
    return render(request, "pages/form.html", words | {"form": form})
