"""What the risk register asks of a programme that is being set up."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.models import Programme
from programmes.set_up import State, Task, set_up_section
from risks.agreeing import positions_on
from risks.models import Appetite, RegisterSettings, Risk
from xgov.records.fields import Marking


@set_up_section("risks", gettext_lazy("Know the risks"), order=60)
def know_the_risks(programme: Programme) -> Iterator[Task]:
    yield _agree_on_settings(programme)
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


def _agree_on_settings(programme: Programme) -> Task:
    """Optional in so far as the local default works too; but then nobody has agreed to it."""
    newest = RegisterSettings.objects.to_be_answered().filter(programme=programme).order_by("-version").first()
    words, url = _("Agree how the register works"), reverse("risks:settings", args=[programme.reference])
    if newest is None:
        return Task(words, url, State.NOT_STARTED, why=_("It works by the local default, which nobody has agreed."))
    if newest.is_in_force:
        said = _("Version %(number)d is agreed by every department.") % {"number": newest.version}
        return Task(words, url, State.COMPLETED, why=said)
    missing = ", ".join(each.department.short_name for each in positions_on(newest) if not each.has_agreed)
    said = _("Version %(number)d waits for %(departments)s.") % {"number": newest.version, "departments": missing}
    return Task(words, newest.get_absolute_url(), State.IN_PROGRESS, why=said)
