from celery import shared_task

from risks import actions


@shared_task(name="risks.escalate_all")
def escalate_all() -> None:
    """May run at any hour and any number of times: it writes only what has changed."""
    actions.escalate_all()
