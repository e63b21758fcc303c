"""What every test shares. People and records come from cast.py and factories/; services from engines.py."""

import os

from hypothesis import HealthCheck, settings

# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# How long an example took says how busy the machine is, and nothing of the product.
settings.register_profile("xgov", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("xgov")

pytest_plugins = ["tests.cast"]
