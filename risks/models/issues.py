from django.db import models
from django.utils.translation import gettext_lazy as _

from risks.models.entries import Entry
from xgov.records.clock import today


class Issue(Entry):
    """Something that has happened, or is certain to, and needs more than routine work."""

    class Severity(models.IntegerChoices):
        """Five steps, as the enumeration of issue severities has them; their meanings are a local default."""

        VERY_LOW = 1, _("1: Very low, felt by few")
        LOW = 2, _("2: Low, made good within weeks")
        MEDIUM = 3, _("3: Medium, a measure is missed")
        HIGH = 4, _("4: High, several measures are missed")
        VERY_HIGH = 5, _("5: Very high, the outcome is in doubt")

    class Outcome(models.TextChoices):
        RESOLVED = "RESOLVED", _("Resolved")
        LIVED_WITH = "LIVED_WITH", _("Lived with")
        MISTAKEN = "MISTAKEN", _("Not an issue after all")

    page = "issue"
    prefix = "ISS"
    due_words = _("Resolve by")

    what_happened = models.TextField(_("what has happened"))
    effect = models.TextField(_("what it does to the outcome"))
    plan = models.TextField(_("what is done about it"), blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices)
    arose_on = models.DateField(_("arose on"), default=today)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(severity__range=(1, 5)), name="issue_severity_is_on_the_scale"
            ),
        ]  # fmt: skip
