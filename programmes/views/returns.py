from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.views.pages import programme_page


@require_safe
def returns(request: HttpRequest, reference: str) -> HttpResponse:
    """What published portfolio returns said of the programme, every column as it was given."""
    programme, context = programme_page(request, reference, active="overview")
    return render(request, "programmes/returns.html", context | {"returns": programme.published_returns.all()})
