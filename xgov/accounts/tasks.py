from celery import shared_task

from xgov.accounts.actions import take_up_names
from xgov.accounts.standing import sync_everyone


@shared_task(name="accounts.stand_anew")
def stand_anew() -> None:
    """Nightly: roles that begin or end today take effect, and so do new names of departments."""
    sync_everyone()
    take_up_names()
