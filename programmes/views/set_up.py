from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.set_up import State, sections_of
from programmes.views.pages import programme_page
from xgov.access.permissions import Permission


@require_safe
def set_up(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference)
    may_act = Permission.MANAGE in context["programme_permissions"] and not programme.is_over
    found = sections_of(programme)
    tasks = [task for _section, tasks in found for task in tasks]
    context |= {
        "sections": [
            {"title": section.title, "tasks": [task.as_row(linked=may_act) for task in tasks]}
            for section, tasks in found
        ],
        "done": sum(task.state is State.COMPLETED for task in tasks),
        "total": len(tasks),
        "may_act": may_act,
    }
    return render(request, "programmes/set_up.html", context)
