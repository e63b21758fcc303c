from celery import shared_task

from xgov.access.memory import remembering
from xgov.notices.digests import send_digests


@shared_task(name="notices.send_digests")
def send_digests_of_today() -> None:
    """Runs through the working day: who has had today's mail is passed over, so a failed one is tried again."""
    with remembering():
        send_digests()
