from django.db import models
from django.utils.translation import gettext_lazy as _

from risks.models.entries import Entry


class Assumption(Entry):
    """Something that is not known and is taken as true, until it has been looked into."""

    class Certainty(models.TextChoices):
        """How sure people are. The three steps are a local default."""

        HIGH = "HIGH", _("Well founded")
        MEDIUM = "MEDIUM", _("Likely")
        LOW = "LOW", _("A guess")

    class Outcome(models.TextChoices):
        CONFIRMED = "CONFIRMED", _("Confirmed")
        WRONG = "WRONG", _("Wrong")
        NOT_NEEDED = "NOT_NEEDED", _("No longer needed")

    page = "assumption"
    prefix = "ASM"
    due_words = _("Look into it by")

    basis = models.TextField(_("why it is believed"))
    if_wrong = models.TextField(_("what follows if it is wrong"))
    certainty = models.CharField(_("how sure"), max_length=20, choices=Certainty.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("assumption")
        verbose_name_plural = _("assumptions")
