from django.db import models
from django.utils.translation import gettext_lazy as _

from risks.models.entries import Entry
from xgov.accounts.models import Department
from xgov.records.clock import today


class Dependency(Entry):
    """Something that the programme needs from others, or others from it, by a day."""

    class Direction(models.TextChoices):
        IN = "IN", _("We need it from them")
        OUT = "OUT", _("They need it from us")

    class Outcome(models.TextChoices):
        DELIVERED = "DELIVERED", _("Delivered")
        NOT_DELIVERED = "NOT_DELIVERED", _("Not delivered")
        NOT_NEEDED = "NOT_NEEDED", _("No longer needed")

    page = "dependency"
    prefix = "DEP"
    due_words = _("Needed by")

    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices)
    what = models.TextField(_("what is needed"))
    other_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="dependencies_on",
        verbose_name=_("the other department"),
    )  # fmt: skip
    other_side = models.CharField(_("the other side"), max_length=200, blank=True)
    if_late = models.TextField(_("what follows if it is late"))
    agreed_on = models.DateField(_("agreed with the other side on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(other_department__isnull=False) | ~models.Q(other_side=""),
                name="dependency_names_the_other_side",
            ),
        ]  # fmt: skip

    @property
    def other_words(self) -> str:
        """Who the other side is: its department, its name, or both."""
        return ", ".join(str(part) for part in (self.other_department, self.other_side) if part)

    @property
    def is_agreed(self) -> bool:
        return self.agreed_on is not None and self.agreed_on <= today()
