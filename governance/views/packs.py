import hashlib
import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from governance.actions import packs as actions
from governance.forms.packs import IssuePackForm
from governance.models import Pack
from governance.packs.composing import tells_all
from governance.packs.people import Recipient, recipients_of
from governance.packs.printing import with_scrolling_tables
from governance.packs.timing import working_days_before
from governance.views.boards import board_page, find_board
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.jobs.presence import worker_is_running
from xgov.pages.forms import Check, Seen
from xgov.papers.sections import all_sections
from xgov.records.events import record_event

_log = logging.getLogger(__name__)
_REFRESH_SECONDS = 3


@require_http_methods(["GET", "POST"])
def issue_pack(request: HttpRequest, slug: str) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    rules.require(request.user, Permission.ISSUE, board)
    sees_sensitive = tells_all(request.user, board.programme)
    form = IssuePackForm(request.POST or None, sees_sensitive=sees_sensitive)
    recipients = recipients_of(board, board.programme, request.user)
    check = Check(request, form, board, Seen(_("Who receives the pack"), _in_short(recipients)))
    if form.is_valid() and check.carry_out(actions.issue_pack, board, by=request.user, **form.answers):
        return _to_progress(request, form.result)
    titles = {section.key: section.title for section in all_sections()}
    context |= {
        "form": form,
        "check": check,
        "sees_sensitive": sees_sensitive,
        "order": [(key, titles.get(key)) for key in board.running_order],
        "recipients": recipients,
        "unissued": Pack.objects.visible_to(request.user).filter(board=board).not_issued().first(),
    }
    if check.is_due:
        return render(request, "governance/packs/check.html", context | _checking())
    return render(request, "governance/packs/issue.html", context)


def _in_short(recipients: list[Recipient]) -> str:
    return ",".join(sorted(str(each.person.pk) for each in recipients))


def _checking() -> dict[str, Any]:
    return {
        "heading": _("Check before you issue the pack"),
        "action": _("Issue pack"),
        "consequences": [
            _("The pack is put together from the live record as you see it at that moment."),
            _("Once issued it cannot be changed, only followed by another. Who received it can read it for ever."),
        ],
    }


def _to_progress(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Whoever asked for the work sees its own page; others see how far it is on the pack's."""
    job = pack.newest_job
    return redirect(job if job is not None and job.asked_by_id == request.user.pk else pack)


def _find_pack(request: HttpRequest, slug: str, number: int) -> Pack:
    packs = Pack.objects.select_related("board__programme", "programme", "issued_by", "asked_by")
    return rules.find(packs, request.user, board__slug=slug, number=number)


@require_GET
@never_cache
def pack(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    pack = _find_pack(request, slug, number)
    context = _pack_page(request, pack)
    if not pack.is_issued:
        response = render(request, "governance/packs/unissued.html", context | _how_far(request, pack))
        if pack.is_in_the_making:
            response.headers["Refresh"] = str(_REFRESH_SECONDS)
        return response
    context |= {
        "head": pack.head,
        "sections": [
            {"title": section.title, "body": with_scrolling_tables(body, section.title)}
            for section, body in zip(pack.sections, pack.bodies, strict=True)
        ],
        "recipients": pack.recipients.visible_to(request.user),
        "days_before": working_days_before(pack.issued_at, pack.meeting_on),
        **_followed_by(request, pack),
    }
    return render(request, "governance/packs/pack.html", context)


def _followed_by(request: HttpRequest, pack: Pack) -> dict[str, Pack | None]:
    """The newest pack of the board, if it is not this one; and the one that replaces this one at the same meeting."""
    later = pack.board.packs.visible_to(request.user).issued().filter(number__gt=pack.number).for_lists().newest_first()
    found = list(later)
    same = [each for each in found if pack.meeting_on and each.meeting_on == pack.meeting_on]
    replacement, newest = next(iter(same), None), next(iter(found), None)
    return {"replaced_by": replacement, "newer": None if newest == replacement else newest}


def _pack_page(request: HttpRequest, pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack,
        "record": pack,
        "board": pack.board,
        "permissions": rules.permissions_on(request.user, pack),
        "sees_board": rules.can(request.user, Permission.VIEW, pack.board),
        "sees_programme": rules.can(request.user, Permission.VIEW, pack.programme),
    }


def _how_far(request: HttpRequest, pack: Pack) -> dict[str, Any]:
    job = pack.newest_job
    return {
        "job": job,
        "is_mine": job is not None and job.asked_by_id == request.user.pk,
        "no_worker": pack.is_in_the_making and not worker_is_running(),
        "may_issue": rules.can(request.user, Permission.ISSUE, pack.board) and not pack.board.is_closed,
    }


@require_GET
@never_cache
def pack_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The file, as it was issued: what no longer has its fingerprint is not handed out."""
    pack = _find_pack(request, slug, number)
    if not pack.is_issued:
        return redirect(pack)
    data = _file_of(pack)
    if hashlib.sha256(data).hexdigest() != pack.pdf_sha256:
        _log.critical("The file of pack %s (%s) is not the one that was issued", pack.pk, pack.pdf.name)
        return render(request, "governance/packs/altered.html", _pack_page(request, pack), status=500)
    words = _("Downloaded %(pack)s") % {"pack": pack}
    record_event("pack_downloaded", request.user, door=pack.board, subject=pack, words=words)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{pack.file_name}"'
    return response


def _file_of(pack: Pack) -> bytes:
    try:
        with pack.pdf.open("rb") as file:
            return file.read()
    except OSError:
        _log.critical("The file of pack %s (%s) cannot be read", pack.pk, pack.pdf.name)
        return b""
