"""The settings of xgov as the tests need them: a folder that is thrown away, a quick password hasher, no triggers.

The journeys do not use these: they start the product as a person does.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VAR = tempfile.mkdtemp(prefix="xgov-tests-")
Path(VAR, "static").mkdir()  # looked for by the static file server at its start
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
os.environ.update(XGOV_VAR=VAR, XGOV_SECRET_KEY="only-for-the-tests-" + "0" * 50, XGOV_HTTPS="0")
# The triggers that protect history also forbid emptying the test database: only the tests about them turn them on.
os.environ.setdefault("XGOV_PROTECT_HISTORY", "0")

from xgov.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    # Pages are tested without collecting static files first.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# In a file, as in use: where SQLite lies in memory, a second writer is refused at once instead of waiting its turn.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR}/tests.sqlite3"}  # noqa: F405
