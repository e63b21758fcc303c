from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.agreement_text import Block, blocks_of
from governance.memorandum import TO_SETTLE, ClauseTemplate, template_of
from governance.models.agreements import AgreementVersion
from programmes.models import Programme
from xgov.records.fixed import FixedWith
from xgov.records.models import GovernedModel


class Clause(GovernedModel):
    """One clause of one version: what is written and changed while the version is a draft."""

    door = "programme"
    is_news = False  # the version is
    marking_field = "version__agreement__marking"
    fixed = FixedWith("version")
    not_in_history = ("facts",)  # the words made of them are

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clauses")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=40)
    heading = models.CharField(_("heading"), max_length=150)
    text = models.TextField(_("text"), blank=True)
    facts = models.JSONField(_("what the record said when it was filled in"), default=dict, editable=False)
    is_left_out = models.BooleanField(_("left out"), default=False)

    class Meta(GovernedModel.Meta):
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_clause_a_key"),
            models.UniqueConstraint(fields=["version", "position"], name="one_clause_a_position"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return self.version.get_absolute_url()

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(self.text)

    @property
    def is_unsettled(self) -> bool:
        """Something in it still has to be agreed on, or it says nothing."""
        return not self.is_left_out and (not self.text.strip() or TO_SETTLE in self.text)

    @property
    def is_local_default(self) -> bool:
        """It came with a period or rule of ours."""
        return self.template is not None and self.template.local_default

    @property
    def template(self) -> ClauseTemplate | None:
        """What it was composed from."""
        return template_of(self.version.agreement.kind, self.key)
