from typing import Self

from django.db.models import Exists, Model, OuterRef, Prefetch, Subquery

from programmes.models import Party
from programmes.querysets import PartyQuerySet
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.records.querysets import GovernedQuerySet


class AgreementQuerySet(GovernedQuerySet):
    def with_versions(self) -> Self:
        """Everything a row of a list says: two more queries, whatever the number of agreements."""
        from governance.models import AgreementVersion, Signature

        signatures = Prefetch("signatures", queryset=Signature.objects.with_standing())
        versions = AgreementVersion.objects.order_by("-number").prefetch_related(signatures)
        return self.select_related("programme").prefetch_related(Prefetch("versions", queryset=versions))

    def _with_version(self, *statuses: str) -> Self:
        from governance.models import AgreementVersion

        return self.filter(Exists(AgreementVersion.objects.filter(agreement=OuterRef("pk"), status__in=statuses)))

    def in_force(self) -> Self:
        return self._with_version("IN_FORCE")

    def open_for_signature(self) -> Self:
        return self._with_version("OPEN_FOR_SIGNATURE")

    def of_status(self, status: str) -> Self:
        """By the status that an agreement shows: that of the version in force, else of the one in the making."""
        live = self.filter(ended_on__isnull=True)
        binding = live._with_version("IN_FORCE")
        if status == "ENDED":
            return self.filter(ended_on__isnull=False)
        if status == "IN_FORCE":
            return binding
        waiting = live.exclude(pk__in=binding.values("pk"))
        is_open = waiting._with_version("OPEN_FOR_SIGNATURE")
        return is_open if status == "OPEN_FOR_SIGNATURE" else waiting.exclude(pk__in=is_open.values("pk"))

    def live(self) -> Self:
        """Neither ended nor given up."""
        return self.filter(ended_on__isnull=True)._with_version("DRAFT", "OPEN_FOR_SIGNATURE", "IN_FORCE")


class VersionQuerySet(GovernedQuerySet):
    def open_for_signature(self) -> Self:
        return self.filter(status="OPEN_FOR_SIGNATURE")

    def in_force(self) -> Self:
        return self.filter(status="IN_FORCE")


class SignatureQuerySet(GovernedQuerySet):
    def with_standing(self) -> Self:
        """With the names, the part that the department has today (`part_now`: none, if it has left), and whether it
        must sign still (`must_sign`): only who takes part as a partner does.
        """
        part_now = Subquery(self._parties().values("role")[:1])
        return self.select_related("department", "person").annotate(part_now=part_now, must_sign=self._of_a_partner())

    @staticmethod
    def _parties() -> PartyQuerySet:
        return Party.objects.accepted().filter(programme=OuterRef("programme"), department=OuterRef("department"))

    def _of_a_partner(self) -> Exists:
        return Exists(self._parties().core())

    def waited_for(self) -> Self:
        """Of departments that are partners still; another that is named holds a text up, but nobody waits for it."""
        return self.filter(self._of_a_partner(), signed_at__isnull=True, version__status="OPEN_FOR_SIGNATURE")

    def for_signatory(self, user: Model) -> list[Model]:
        """What this person could sign now, oldest first."""
        waiting = self.waited_for().visible_to(user).order_by("version__opened_at")
        rows = waiting.select_related("programme", "department", "version__agreement")
        return [row for row in rows if rules.can(user, Permission.SIGN, row)]
