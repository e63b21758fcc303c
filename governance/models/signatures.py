from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.agreement_text import SHORT
from governance.models.agreements import AgreementVersion
from governance.querysets.agreements import SignatureQuerySet
from programmes.models import Party, Programme
from xgov.accounts.models import Department
from xgov.records.errors import HistoryBypassed
from xgov.records.fixed import FixedOnce
from xgov.records.models import GovernedModel


class Signature(GovernedModel):
    """A department's place on a version: waited for, then signed by a person with the right to, for ever."""

    class Method(models.TextChoices):
        HERE = "HERE", _("Signed here, after reading the whole text")

    door = "programme"
    keeper = "department"
    marking_field = "version__agreement__marking"
    readers = "person"
    fixed = FixedOnce("signed_at", while_open=(None,))

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="signatures")
    part = models.CharField(_("part"), max_length=20, choices=Party.Role.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="signatures",
        verbose_name=_("signed by"),
    )  # fmt: skip
    person_name = models.CharField(_("name when signing"), max_length=200, blank=True)
    post = models.CharField(_("post held when signing"), max_length=200, blank=True)
    method = models.CharField(_("how"), max_length=20, choices=Method.choices, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    sha256 = models.CharField(_("SHA-256 of the text signed"), max_length=64, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("place for a signature")
        verbose_name_plural = _("places for signatures")
        constraints = [
            models.UniqueConstraint(fields=["version", "department"], name="one_signature_a_department"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, person__isnull=True, person_name="", post="", method="", sha256="")
                | (
                    Q(signed_at__isnull=False, person__isnull=False)
                    & ~Q(sha256="") & ~Q(person_name="") & ~Q(post="") & ~Q(method="")
                ),
                name="signature_is_whole_or_absent",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("%(version)s: %(department)s") % {"version": self.version, "department": self.department}

    def get_absolute_url(self) -> str:
        return self.version.get_absolute_url()

    def save(self, *args: object, **kwargs: object) -> None:
        if self.signed_at is not None and self.sha256 != self.version.sha256:
            raise HistoryBypassed("A signature is bound to the text of its version and to no other.")
        super().save(*args, **kwargs)

    @staticmethod
    def kind_at(then: models.Model) -> str:
        """What history calls it: the place until somebody signs, a signature from then on."""
        return _("signature") if then.signed_at else _("place for a signature")

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def has_left(self) -> bool:
        """Whether the department is out of the programme today. Ask `with_standing()`, as of the next."""
        return self.part_now is None

    @property
    def other_part(self) -> str:
        """In words, what the department is in the programme today, if it is in it but no partner."""
        return "" if self.has_left or self.must_sign else str(Party.Role(self.part_now).label).lower()

    @property
    def short_hash(self) -> str:
        return self.sha256[:SHORT]
