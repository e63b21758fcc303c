"""The lists of the boardroom."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from governance.models import Board
from xgov.pages.registers import Column, Register


class BoardFilters(FilterSet):
    forum = ChoiceFilter(label=_("Kind"), empty_label=_("Any"), choices=Board.Forum.choices)

    class Meta:
        model = Board
        fields: list[str] = []


BOARDS = Register(
    key="boards",
    columns=[
        Column("name", _("Board"), link=True, sort=("name",)),
        Column("programme", _("Programme"), value="programme.name", sort=("programme__name",)),
        Column("forum", _("Kind"), value="get_forum_display", sort=("forum",)),
        Column("is_deciding", _("Takes decisions"), sort=("is_deciding",)),
        Column("closed_on", _("Closed"), sort=("closed_on",)),
    ],
    search=("name", "short_name", "remit", "programme__name", "programme__reference"),
    filterset=BoardFilters,
    default_sort="name",
    select_related=("programme",),
    empty_title=_("You see no board yet"),
    empty_text=_("Boards of your programmes, and those on which you sit, stand here. A programme manager adds them."),
)
