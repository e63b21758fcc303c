from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from xgov.access import dated
from xgov.accounts.actions import take_up_names
from xgov.accounts.standing import sync_everyone
from xgov.records.clock import today

# Looked back over, in case the machine was off on the day itself.
DAYS_BACK = 14


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Sessions that have run out are not kept, nor what was typed in them."""
    SessionStore.clear_expired()


@shared_task(name="accounts.stand_anew")
def stand_anew() -> None:
    """Roles and appointments that begin or end today take effect, and so do new names of departments."""
    sync_everyone()
    dated.sync_turning(today() - timedelta(days=DAYS_BACK), today())
    take_up_names()
