from django.utils.translation import gettext_lazy as _

from datasharing.models import DataSharingPlan
from programmes.models import Programme
from xgov.accounts.leaving import Holding, put
from xgov.accounts.models import User
from xgov.accounts.parts import Line
from xgov.records.querysets import GovernedQuerySet


def plans_of(person: User) -> GovernedQuerySet:
    plans = DataSharingPlan.objects.filter(owner=person, programme__in=Programme.objects.active())
    return plans.select_related("programme")


def line_of(plan: DataSharingPlan) -> Line:
    return Line(plan.programme.name, plan.get_absolute_url())


put(Holding(_("Data-sharing plans they own"), rows=plans_of, line=line_of, order=60))
