"""A list that is too long to be made into a workbook while somebody waits: a worker answers the same address, as the
same person, so that it holds what the page would show and no more."""

from hashlib import sha256

from django.http import FileResponse, HttpRequest, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from xgov.jobs import files, queue
from xgov.jobs.models import Job
from xgov.records.errors import RuleBroken

KIND = "pages.make_list"


def ask_for(request: HttpRequest, words: str) -> Job:
    """Queue it: the list at this address, for this person."""
    query = request.META.get("QUERY_STRING", "")
    number = sha256(f"{request.path_info}?{query}".encode()).hexdigest()[:32]
    title = _("%(list)s, as a spreadsheet") % {"list": words} if words else _("The list as a spreadsheet")
    key = f"{KIND}:{request.user.pk}:{number}"
    return queue.ask(KIND, request.user, title=title, key=key, path=request.path_info, query=query)


def make(job: Job) -> str:
    """Answer the address and put the file by; gives where it is fetched."""
    request = HttpRequest()
    request.method, request.user, request.making = "GET", job.asked_by, job
    request.path = request.path_info = job.args["path"]
    request.GET, request.META["QUERY_STRING"] = QueryDict(job.args["query"]), job.args["query"]
    view = request.resolver_match = resolve(request.path_info)
    response = view.func(request, *view.args, **view.kwargs)
    if not isinstance(response, FileResponse):
        raise RuleBroken(_("The list cannot be made into a spreadsheet any more. Look at its page again."))
    with response.file_to_stream as file:
        return files.keep(job, file, response.filename)


def is_made_by_a_worker(request: HttpRequest) -> bool:
    return getattr(request, "making", None) is not None


def tell(request: HttpRequest, written: int, most: int) -> None:
    """Say how many of the rows are written, to whoever follows it."""
    if is_made_by_a_worker(request):
        request.making.progress_in_rows(written, most)
