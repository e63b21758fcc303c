"""One settings file, read from the environment, that fails loudly on a bad value.

Without any variable it is the embedded default: SQLite, folders as the queue, everything in `var/`.
"""

import os
from pathlib import Path
from secrets import token_urlsafe

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu.transport import TRANSPORT_ALIASES

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("XGOV_VAR", default=str(BASE_DIR / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

XGOV_DEMO = env.bool("XGOV_DEMO", default=False)
DEBUG = env.bool("XGOV_DEBUG", default=False)


def _demonstration_key() -> str:
    """A secret key made once and kept beside the demonstration's data."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(token_urlsafe(60))
    return path.read_text()


# Not by `env`, which takes a value that begins with “$” for the name of another variable.
SECRET_KEY = os.environ.get("XGOV_SECRET_KEY", "")
if not SECRET_KEY:
    if not (XGOV_DEMO or DEBUG):
        raise ImproperlyConfigured(
            "XGOV_SECRET_KEY is not set. Set it to a long random value, or XGOV_DEMO=1 for the demonstration."
        )
    SECRET_KEY = _demonstration_key()

if XGOV_DEMO and env.bool("XGOV_PRODUCTION", default=False):
    raise ImproperlyConfigured("XGOV_DEMO and XGOV_PRODUCTION are both set: demonstration people may not exist there.")

ALLOWED_HOSTS = env.list("XGOV_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("XGOV_TRUSTED_ORIGINS", default=[])
BEHIND_PROXY = env.bool("XGOV_BEHIND_PROXY", default=False)
HTTPS = env.bool("XGOV_HTTPS", default=not (XGOV_DEMO or DEBUG))

# --- what the house is made of ---------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "simple_history",
    "django_filters",
    "axes",
    "csp",
    "xgov.access",
    "xgov.records",
    "xgov.jobs",
    "xgov.papers",
    "xgov.pages",
    "xgov.notices",
    "xgov.accounts",
    "programmes",
    "risks",
    "datasharing",
    "governance",
    "xgov.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xgov.pages.forms.typed.LoginRequiredMiddleware",
    "xgov.records.acting.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "xgov.pages.errors.not_allowed_in_words",
]

ROOT_URLCONF = "xgov.urls"
WSGI_APPLICATION = "xgov.wsgi.application"
ASGI_APPLICATION = "xgov.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xgov.pages.context.page_frame",
            ],
        },
    },
]
FORM_RENDERER = "xgov.pages.forms.GovukRenderer"

# --- what is stored, and where ---------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
        "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY"
    ),
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'xgov.sqlite3'}")}
if not DATABASES["default"].get("ENGINE"):
    raise ImproperlyConfigured(
        "DATABASE_URL is no address of a database, such as postgresql://NAME:PASSWORD@HOST/xgov."
    )
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    POSTGRESQL_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
    POSTGRESQL_OPTIONS["pool"] = {"min_size": 1, "max_size": 8}
    # Compiling a question takes PostgreSQL a second where it reads history row by row; asking it takes a fifth of that.
    POSTGRESQL_OPTIONS.setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = VAR / "files"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "xgov.pages.assets.AssetStorage"},
}

# History and events may only be added to; the test database leaves this off, but for the tests about it.
XGOV_PROTECT_HISTORY = env.bool("XGOV_PROTECT_HISTORY", default=True)

# --- who may enter ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# After so many wrong passwords for one account from one place, or from one place in all, whoever is there waits.
AXES_FAILURE_LIMIT = 5
XGOV_GUESSES_FROM_ONE_PLACE = env.int("XGOV_GUESSES_FROM_ONE_PLACE", default=50)  # a whole office may be one place
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # colleagues who try meanwhile do not make the wait longer
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "xgov.accounts.guesses.Guesses"
AXES_CLIENT_IP_CALLABLE = "xgov.accounts.guesses.client_address"
# How many proxies of ours stand in front, each of which adds to X-Forwarded-For where it was asked from. Without any,
# that header is not read: anybody can write it.
XGOV_PROXIES = env.int("XGOV_PROXIES", default=1) if BEHIND_PROXY else 0
AXES_USERNAME_CALLABLE = "xgov.accounts.views.sign_in.address_tried"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "xgov.accounts.views.sign_in.too_many_attempts"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "xgov.pages.errors.form_expired"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- long work -------------------------------------------------------------------------------

TRANSPORT_ALIASES["filesystem"] = "xgov.jobs.folders:Transport"  # kombu's own lets half written messages be read
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL.startswith("filesystem://"):
    CELERY_BROKER_URL = "filesystem://localhost//"
    _queue = VAR / "queue"
    for _folder in ("messages", "control", "results"):
        (_queue / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.05,
    }
    CELERY_RESULT_BACKEND = env.str("CELERY_RESULT_BACKEND", default=f"file://{_queue / 'results'}")
else:
    CELERY_RESULT_BACKEND = env.str("CELERY_RESULT_BACKEND", default=CELERY_BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TRACK_STARTED = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # At midnight, when the day changes, and each hour after it, for a machine that was off at midnight.
    "accounts-stand-anew": {"task": "accounts.stand_anew", "schedule": crontab(minute=0)},
    # Once the day has changed, and once more for a machine that was off then.
    "risks-escalate-all": {"task": "risks.escalate_all", "schedule": crontab(minute=5, hour="0,5")},
    "accounts-forget-sessions": {"task": "accounts.forget_sessions", "schedule": crontab(minute=30)},
    # In the morning, and again through the day for whoever could not be reached.
    "notices-send-digests": {"task": "notices.send_digests", "schedule": crontab(minute=15, hour="7-18")},
    "jobs-clear-files": {"task": "jobs.clear_files", "schedule": crontab(minute=45)},
    "jobs-tend": {"task": "jobs.tend", "schedule": 20.0, "options": {"expires": 20}},
}
# A running job that has not been heard of for so long is taken up again or failed. Jobs are heard of every 10 seconds.
XGOV_JOB_SILENCE_SECONDS = env.int("XGOV_JOB_SILENCE_SECONDS", default=60)
XGOV_WORKER_SILENCE_SECONDS = 30  # no worker heard of for so long: the pages say that none is running

# A spreadsheet is read whole. A worker has 140 MB to begin with; while a file is held against the register a new risk
# takes it 6 KB and one that is there already 11 KB, so that so many rows take it up to 700 MB. Raise both where workers
# have more. The rows of a sheet are counted with their header.
XGOV_IMPORT_ROWS = env.int("XGOV_IMPORT_ROWS", default=50_000)
XGOV_IMPORT_MEGABYTES = env.int("XGOV_IMPORT_MEGABYTES", default=50)

# --- words, times, post ----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = "xgov.pages.formats"

vars().update(env.email_url("EMAIL_URL", default=f"filemail:////{VAR / 'mail'}"))
# Where people reach xgov: what the links in a mail begin with.
XGOV_ADDRESS = env.str("XGOV_ADDRESS", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
if not XGOV_ADDRESS.startswith(("https://", "http://")):
    raise ImproperlyConfigured("XGOV_ADDRESS begins with https:// and the name of the host.")
DEFAULT_FROM_EMAIL = env.str("XGOV_MAIL_FROM", default="xgov@xgov.example")

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "xgov.pages.log_lines.LogLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"xgov": {"level": "INFO"}, "weasyprint": {"level": "WARNING"}, "fontTools": {"level": "ERROR"}},
}

# guardian's own backend is not used: xgov/access/rules.py asks its tables itself.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
