from datetime import timedelta

from celery import shared_task
from django.db.models import Q

from programmes.models import Programme
from xgov.access import grants
from xgov.records.clock import today

# Looked back over, in case the machine was off on the day itself.
DAYS_BACK = 14


@shared_task(name="programmes.stand_anew")
def stand_anew() -> None:
    """Nightly: appointments that begin or end today take effect."""
    lately = (today() - timedelta(days=DAYS_BACK), today())
    changing = Q(appointments__since__range=lately) | Q(appointments__until__range=lately)
    grants.sync_many(Programme.objects.filter(changing).distinct())
