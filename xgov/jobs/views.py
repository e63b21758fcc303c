"""One progress page for all long work, and the health page."""

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xgov.jobs import files, queue
from xgov.jobs.models import Job
from xgov.jobs.presence import worker_is_running
from xgov.records.errors import RuleBroken
from xgov.records.models import GovernedModel

_REFRESH_SECONDS = 3


def _job_of(request: HttpRequest, job_id: str) -> Job:
    return get_object_or_404(Job.objects.asked_by_person(request.user), pk=job_id)


@require_GET
@never_cache
def job(request: HttpRequest, job_id: str) -> HttpResponse:
    asked = _job_of(request, job_id)
    no_worker = asked.is_open and not worker_is_running()
    kept_until = asked.ended_at + files.KEPT_FOR if files.is_kept(asked) else None
    context = {"job": asked, "no_worker": no_worker, "kept_until": kept_until}
    if asked.may_be_asked_for_again:
        context["subject"] = _subject_in_sight(asked, request.user)
    response = render(request, "jobs/job.html", context)
    if asked.is_open:
        response.headers["Refresh"] = str(_REFRESH_SECONDS)  # the page renews itself without JavaScript
    return response


def _subject_in_sight(asked: Job, person: Model) -> GovernedModel | None:
    """What the work was about, unless the person may no longer see it."""
    if not asked.subject_model:
        return None
    model = apps.get_model(asked.subject_model)
    found = model.objects.visible_to(person) if issubclass(model, GovernedModel) else model.objects.none()
    return found.filter(pk=asked.subject_id).first()


@require_GET
@never_cache
def file(request: HttpRequest, job_id: str, file_name: str) -> HttpResponse | FileResponse:
    """What was made, for the person who asked for it."""
    asked = _job_of(request, job_id)
    if request.path != asked.result_url:
        raise Http404
    if not files.is_kept(asked):
        messages.error(request, _("The file is gone: it was kept for a day. Ask for it again where you asked for it."))
    elif not files.sees_the_same(asked):
        messages.error(request, _("What you may see has changed since this file was made. Ask for it again."))
    else:
        return FileResponse(files.opened(asked), as_attachment=True, filename=file_name)
    return redirect(asked)


@require_POST
def cancel(request: HttpRequest, job_id: str) -> HttpResponse:
    asked = _job_of(request, job_id)
    try:
        queue.cancel(asked)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Cancelled. Nothing was issued or changed."))
    return redirect(asked)


@require_POST
def try_again(request: HttpRequest, job_id: str) -> HttpResponse:
    asked = _job_of(request, job_id)
    try:
        return redirect(queue.ask_again(asked))
    except (RuleBroken, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
        return redirect(asked)


@require_GET
@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 once web, database and worker are ready; else 503 and which is not."""
    state = {"web": "ready", "database": "ready", "worker": "ready"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not worker_is_running():
            state["worker"] = "not running"
    except DatabaseError:
        state.update(database="not answering", worker="not known")
    ready = set(state.values()) == {"ready"}
    return JsonResponse({"status": "ready" if ready else "not ready", **state}, status=200 if ready else 503)
