"""What the risk register asks of a programme that is being set up."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.models import Programme
from programmes.set_up import State, Task, set_up_section
from risks.models import Appetite, Risk
from xgov.records.fields import Marking


@set_up_section("risks", gettext_lazy("Know the risks"), order=60)
def know_the_risks(programme: Programme) -> Iterator[Task]:
    agreed = Appetite.objects.current().filter(programme=programme).count()
    yield Task(
        _("Agree how much risk the programme will carry"),
        reverse("risks:appetite", args=[programme.reference]),
        State.COMPLETED if agreed else State.NOT_STARTED,
        why=ngettext("%(n)d category agreed.", "%(n)d categories agreed.", agreed) % {"n": agreed} if agreed else "",
    )
    # Everybody who sees the programme reads this, so what is marked is not counted.
    written = Risk.objects.open().filter(programme=programme).exclude(marking=Marking.OFFICIAL_SENSITIVE).count()
    yield Task(
        _("Write down the first risks"),
        reverse("risks:list", args=[programme.reference]),
        State.COMPLETED if written else State.NOT_STARTED,
        why=ngettext("%(n)d risk is open.", "%(n)d risks are open.", written) % {"n": written} if written else "",
    )
