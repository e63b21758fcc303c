from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.querysets.boards import BoardQuerySet
from programmes.models import Programme
from xgov.access.models import GroupGrant, UserGrant
from xgov.access.permissions import DOOR_PERMISSIONS
from xgov.access.roles import ROLES, HeldThrough, Role, role_choices
from xgov.accounts.models import Term
from xgov.accounts.querysets import DatedQuerySet
from xgov.papers.sections import all_sections
from xgov.records.clock import today
from xgov.records.models import GovernedModel


def usual_running_order() -> list[str]:
    """What a board is told until it says otherwise, in its usual order. There is more on the shelf to choose from."""
    return [section.key for section in all_sections() if section.usual]


class Board(GovernedModel):
    """A forum of a programme: what it is for, who sits on it, and what it wants to be told."""

    class Forum(models.TextChoices):
        """The kinds of forum are a local default."""

        MINISTERIAL_GROUP = "MINISTERIAL_GROUP", _("Ministerial group")
        SPONSOR_GROUP = "SPONSOR_GROUP", _("Sponsor group")
        JOINT_PROGRAMME_BOARD = "JOINT_PROGRAMME_BOARD", _("Joint programme board")
        PROJECT_BOARD = "PROJECT_BOARD", _("Project board")
        FINANCE_GROUP = "FINANCE_GROUP", _("Finance group")
        DATA_SHARING_GROUP = "DATA_SHARING_GROUP", _("Data-sharing group")
        DESIGN_AUTHORITY = "DESIGN_AUTHORITY", _("Design authority")
        WORKING_GROUP = "WORKING_GROUP", _("Working group")
        ARAC = "ARAC", _("Audit and risk assurance committee")

    door = "self"
    windows = ("programme",)
    marking_field = "programme__marking"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="boards", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("name in addresses"), max_length=60, unique=True, editable=False)
    short_name = models.CharField(_("short name, in references"), max_length=12, blank=True)
    forum = models.CharField(_("kind"), max_length=30, choices=Forum.choices, default=Forum.JOINT_PROGRAMME_BOARD)
    remit = models.TextField(_("remit"), blank=True)
    is_deciding = models.BooleanField(_("takes the programme's decisions"), default=False)
    running_order = models.JSONField(_("running order of its packs"), default=usual_running_order)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["name", "pk"]
        permissions = DOOR_PERMISSIONS
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(is_deciding=True, closed_on__isnull=True),
                name="one_deciding_board_a_programme",
                violation_error_message=_("Another board already takes this programme's decisions."),
            ),
            models.UniqueConstraint(
                fields=["programme", "short_name"],
                condition=~models.Q(short_name=""),
                name="one_board_a_short_name",
                violation_error_message=_("Another board of this programme already has this short name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:board", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def reference(self) -> str:
        """What the references of its packs begin with: `RS-001/SRPB`."""
        return f"{self.programme.reference}/{self.short_name or self.pk}"


class BoardGroupGrant(GroupGrant):
    content_object = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="group_grants")


class BoardUserGrant(UserGrant):
    content_object = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="user_grants")


class BoardAppointment(Term, GovernedModel):
    """A person's seat on a board, from when until when."""

    door = "board"
    windows = ("board__programme",)
    marking_field = "board__programme__marking"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_appointments", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=40, choices=role_choices(HeldThrough.BOARD))
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("seat on a board")
        verbose_name_plural = _("seats on boards")
        ordering = ["-role", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "person", "role"],
                condition=models.Q(until__isnull=True),
                name="one_open_seat_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="seat_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.board}"

    def get_absolute_url(self) -> str:
        return self.board.get_absolute_url()

    @property
    def role_words(self) -> Role:
        return ROLES[self.role]
