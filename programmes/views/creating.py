from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programmes.actions import create_programme
from programmes.forms import NewProgrammeForm
from programmes.forms.programmes import departments_run_by


@require_http_methods(["GET", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    if not departments_run_by(request.user).exists():
        raise PermissionDenied(_("Only a programme manager of the department that will lead can set up a programme."))
    form = NewProgrammeForm(request.POST or None, person=request.user)
    if form.is_valid() and form.carry_out(create_programme, by=request.user, **form.answers):
        programme = form.result
        words = _("%(name)s is set up as %(reference)s. These tasks come next.")
        messages.success(request, words % {"name": programme.name, "reference": programme.reference})
        return redirect("programmes:set-up", programme.reference)
    return render(request, "programmes/new.html", {"form": form})
