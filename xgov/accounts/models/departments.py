from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xgov.access.models import GroupGrant, UserGrant
from xgov.access.permissions import DOOR_PERMISSIONS
from xgov.accounts.models.terms import Term
from xgov.accounts.querysets import DatedQuerySet, DepartmentQuerySet
from xgov.records.models import GovernedModel


class Department(GovernedModel):
    """A department or other public body. It is never deleted and keeps its identity through a change of name."""

    class Kind(models.TextChoices):
        """GOV.UK's organisation formats (organisations API, read June 2026)."""

        MINISTERIAL_DEPARTMENT = "MINISTERIAL_DEPARTMENT", _("Ministerial department")
        NON_MINISTERIAL_DEPARTMENT = "NON_MINISTERIAL_DEPARTMENT", _("Non-ministerial department")
        EXECUTIVE_AGENCY = "EXECUTIVE_AGENCY", _("Executive agency")
        EXECUTIVE_NDPB = "EXECUTIVE_NDPB", _("Executive non-departmental public body")
        ADVISORY_NDPB = "ADVISORY_NDPB", _("Advisory non-departmental public body")
        TRIBUNAL = "TRIBUNAL", _("Tribunal")
        COURT = "COURT", _("Court")
        PUBLIC_CORPORATION = "PUBLIC_CORPORATION", _("Public corporation")
        INDEPENDENT_MONITORING_BODY = "INDEPENDENT_MONITORING_BODY", _("Independent monitoring body")
        SPECIAL_HEALTH_AUTHORITY = "SPECIAL_HEALTH_AUTHORITY", _("Special health authority")
        AD_HOC_ADVISORY_GROUP = "AD_HOC_ADVISORY_GROUP", _("Ad-hoc advisory group")
        DEVOLVED_GOVERNMENT = "DEVOLVED_GOVERNMENT", _("Devolved government")
        EXECUTIVE_OFFICE = "EXECUTIVE_OFFICE", _("Executive office")
        CIVIL_SERVICE = "CIVIL_SERVICE", _("Civil service")
        SUB_ORGANISATION = "SUB_ORGANISATION", _("Part of another organisation")
        OTHER = "OTHER", _("Other")

    door = "self"

    slug = models.SlugField(_("GOV.UK address"), max_length=200, unique=True)
    content_id = models.UUIDField(_("GOV.UK identifier"), null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=300)
    abbreviation = models.CharField(_("abbreviation"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices, default=Kind.OTHER)
    kind_as_given = models.CharField(_("kind, as GOV.UK gives it"), max_length=100, blank=True)
    status_as_given = models.CharField(_("status, as GOV.UK gives it"), max_length=40, blank=True)
    is_closed = models.BooleanField(_("closed"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_reason = models.CharField(_("how it closed, as GOV.UK gives it"), max_length=60, blank=True)
    source_updated_at = models.DateTimeField(_("changed at the source"), null=True, blank=True)
    links_as_given = models.JSONField(
        _("links GOV.UK gives to bodies that are not known here"), default=dict, blank=True
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]
        permissions = DOOR_PERMISSIONS
        indexes = [models.Index(fields=["abbreviation"], name="department_abbreviation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(is_closed=True), name="department_closed_if_dated"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        return self.abbreviation or self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:department", args=[self.slug])

    def name_on(self, day: date) -> str:
        """What the department was called on that day, as far as is recorded."""
        dated = self.names.current(day).first()
        return dated.name if dated else self.name


class DepartmentName(Term, GovernedModel):
    """What a department was called, from when until when. An unknown start is the earliest date there is."""

    door = "department"

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=300)
    abbreviation = models.CharField(_("abbreviation"), max_length=60, blank=True)
    since = models.DateField(_("from"), default=date.min)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("name of a department")
        verbose_name_plural = _("names of departments")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"], condition=models.Q(until__isnull=True), name="one_present_name_a_department"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="department_name_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentParent(GovernedModel):
    """That one body belongs to another. A body can have several parents."""

    door = "child"

    child = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="parent_links")
    parent = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="child_links")
    since = models.DateField(_("from"), default=date.min)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("parent of a department")
        verbose_name_plural = _("parents of departments")
        constraints = [
            models.UniqueConstraint(
                fields=["child", "parent"], condition=models.Q(until__isnull=True), name="one_present_parent_link"
            ),
            models.CheckConstraint(condition=~models.Q(child=models.F("parent")), name="department_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.child} — {self.parent}"


class Succession(GovernedModel):
    """That one body took over from another, wholly or in part. Old records keep the old body."""

    door = "predecessor"

    predecessor = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="successor_links")
    successor = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="predecessor_links")
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    scope = models.CharField(_("what passed over"), max_length=300, blank=True)

    class Meta(GovernedModel.Meta):
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_a_pair"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="department_not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class DepartmentGroupGrant(GroupGrant):
    content_object = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="group_grants")


class DepartmentUserGrant(UserGrant):
    content_object = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="user_grants")
