"""A worker says that it is there, in the database, for as long as it is."""

import logging
import threading
from datetime import timedelta
from typing import Any

from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from xgov.jobs.models import WorkerPresence
from xgov.records.clock import now

_EVERY_SECONDS = 5
_stop = threading.Event()
_log = logging.getLogger(__name__)


def worker_is_running() -> bool:
    """Whether any worker was heard of lately."""
    return WorkerPresence.objects.filter(
        seen_at__gte=now() - timedelta(seconds=settings.XGOV_WORKER_SILENCE_SECONDS)
    ).exists()


def say_present(name: str) -> None:
    WorkerPresence.objects.update_or_create(name=name, defaults={"seen_at": now()})


def _keep_saying(name: str) -> None:
    while not _stop.wait(_EVERY_SECONDS):
        try:
            close_old_connections()
            say_present(name)
        except DatabaseError:
            _log.warning("Could not tell the database that worker %s is present", name)
        finally:
            connection.close()


@worker_ready.connect
def on_ready(sender: Any, **kwargs: Any) -> None:
    name = getattr(sender, "hostname", "worker")
    say_present(name)
    connection.close()
    threading.Thread(target=_keep_saying, args=[name], name="worker-presence", daemon=True).start()


@worker_shutting_down.connect
def on_stop(**kwargs: Any) -> None:
    _stop.set()
