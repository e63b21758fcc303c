"""What every test shares. People and records come from cast.py and factories/; services from engines.py."""

import os

# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytest_plugins = ["tests.cast"]
