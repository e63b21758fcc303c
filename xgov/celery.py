"""The queue: the same tasks on folders (embedded) and on Redis (production)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xgov.settings")

app = Celery("xgov")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
