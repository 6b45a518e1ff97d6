# SPDX-License-Identifier: EUPL-1.2
"""Applications, templates, language, files."""

from pathlib import Path

from siac.infra.environment import flag, home, mail_address, text, web_address
from siac.ui.languages.known import NAMES

TEST = flag("SIAC_TEST", default=False)
DEBUG = flag("SIAC_DEBUG", default=False)
PLAIN_STATIC = TEST or DEBUG
SIAC_DEMO = flag("SIAC_DEMO", default=False)
SIAC_STYLE_GUIDE = TEST or DEBUG or SIAC_DEMO
BASE_DIR = Path(__file__).resolve().parents[2]
SIAC_HOME = home()

CONTEXTS = [
    "portal",
    "workspace",
    "rest",
    "integrations.mailbox",
    "integrations.sicres",
    "integrations.transparency",
    "integrations.webhooks",
    "integrations.open311",
    "reporting",
    "programme",
    "policy",
    "outreach",
    "improvement",
    "charters",
    "indicators",
    "staff",
    "surveys",
    "appointments",
    "counter",
    "offline",
    "callbacks",
    "mailroom",
    "procedures",
    "statutory",
    "cases",
    "servicepoints",
    "catalogue",
    "processes",
    "clocks",
    "findings",
    "governance",
    "signing",
    "signin",
    "people",
    "organizations",
    "accounts",
    "notices",
    "documents",
    "journal",
    "ui",
    "infra",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # the sign-in library lists passkeys with it
    "django.forms",
    "django_htmx",
    "csp",
    # Ours come first, so that our templates win over theirs.
    *[f"siac.{name}" for name in CONTEXTS],
    "siac.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "siac.infra.logs.AccessLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "siac.ui.languages.pages.SpokenPages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "siac.accounts.sessions.SignedInUser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "siac.accounts.again.AskedAgain",
    "siac.ui.middleware.ErrorPages",
    "siac.rest.middleware.Problems",
]
ROOT_URLCONF = "siac.config.urls"
WSGI_APPLICATION = "siac.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "siac.ui.context.page",
            ],
        },
    },
]
FORM_RENDERER = "siac.ui.widgets.FormRenderer"

LANGUAGE_CODE = "es"
LANGUAGES = list(NAMES.items())
FORMAT_MODULE_PATH = ["siac.ui.formats"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = SIAC_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_STATIC
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "siac.ui.uploads.RoomyUpload",
]
MEDIA_ROOT = SIAC_HOME / "files"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_URL = web_address("SIAC_URL", "http://127.0.0.1:8000")
EMAIL_BACKEND = "siac.notices.backend.OwnServer"
DEFAULT_FROM_EMAIL = mail_address("SIAC_MAIL_FROM", "siac@localhost")
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "infra_cache"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # the longest form: a questionnaire of 120 rows of twelve fields
DATA_UPLOAD_MAX_NUMBER_FILES = 400  # the form, which keeps the text, says that 20 are the limit
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    16 * 1024 * 1024
)  # a pasted book reaches the form, which says how long it is and keeps it
PROCRASTINATE_ON_APP_READY = "siac.infra.job_connection.connect"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "update_heartbeat_interval": 10}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "siac.infra.logs.Line"}, "json": {"()": "siac.infra.logs.Json"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if text("SIAC_LOG", "line") == "json" else "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {
            "handlers": [],
            "level": "WARNING",
        },  # to the root alone: no copy with what an exception says
        "django.request": {"level": "ERROR"},
        "siac.access": {"level": "INFO" if flag("SIAC_ACCESS_LOG", default=not TEST) else "WARNING"},
    },
}
