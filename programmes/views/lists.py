from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.forms.programmes import departments_run_by
from programmes.models import Programme
from programmes.registers import PROGRAMMES
from xgov.pages.registers import register_page


@require_safe
def programme_list(request: HttpRequest) -> HttpResponseBase:
    programmes = Programme.objects.visible_to(request.user).for_list()
    may_add = departments_run_by(request.user).exists()
    context = {
        "heading": _("Programmes"),
        "primary_action": _("Set up a programme") if may_add else "",
        "primary_url": reverse("programmes:new") if may_add else "",
    }
    return register_page(request, PROGRAMMES, programmes, context=context)
