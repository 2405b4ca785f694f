"""Django's settings, made from the environment."""

from dataclasses import asdict
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF

from newsdesk.config import env

ENV = env.read()

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = [*ENV.allowed_hosts, *env.LOOPBACK]  # the machine's own probes come by loopback
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)

INSTALLED_APPS = [
    "newsdesk.desk",  # before the admin, so that its templates win
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",  # its API page then needs no third party
    "newsdesk.access",
    "newsdesk.host",
    "newsdesk.corpus",
    "newsdesk.processing",
    "newsdesk.review",
    "newsdesk.shadow",
    "newsdesk.scores",
    "newsdesk.export",
    "newsdesk.console",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsdesk.config.urls"
WSGI_APPLICATION = "newsdesk.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": environ.Env.db_url_config(ENV.database_url)}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # a socket's folder, as libpq has it in addresses
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers wait for each other instead of failing: without IMMEDIATE, a reader that turns writer is refused at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # static files come out of the package: there is no step to forget
MEDIA_ROOT = ENV.data / "exports"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = ["^live$", "^ready$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the stock admin's icons are data: images in its style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024  # JSON around a document of the largest size taken

CELERY_BROKER_URL = ENV.redis_url or "filesystem://localhost"
if ENV.embedded_broker:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(ENV.data / "queue"),
        "data_folder_out": str(ENV.data / "queue"),
        "control_folder": str(ENV.data / "queue-control"),
        "polling_interval": 0.1,
    }
    for folder in ("queue", "queue-control"):
        (ENV.data / folder).mkdir(exist_ok=True)
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "max_retries": 1,  # whoever submits does not wait for a Redis that is gone
        "interval_start": 0,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "newsdesk"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # the sweep finds what a lost worker held; a poison pill is not served again
CELERY_TASK_PUBLISH_RETRY = False  # a nudge that cannot be sent is the sweep's to send
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = ENV.workers
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 4 + 4 * ENV.import_seconds  # a worker process loads the plugins before it says so
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not ENV.embedded_broker  # for the health check; files are too slow for it
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_DB_REUSE_MAX = 10_000  # Celery otherwise closes the connection after every task; slot.py mends what broke

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"newsdesk": {"level": "INFO"}},
}

NEWSDESK = {
    "data": ENV.data,
    "embedded_broker": ENV.embedded_broker,
    "host": ENV.host,
    "port": ENV.port,
    "workers": ENV.workers,
    "batch": ENV.batch,
    "lease_seconds": ENV.lease_seconds,
    "sweep_seconds": ENV.sweep_seconds,
    "nudge_seconds": ENV.nudge_seconds,
    "import_seconds": ENV.import_seconds,
    "plugin_limits": asdict(ENV.plugin_limits),
    "processor_limits": {name: asdict(limits) for name, limits in ENV.processor_limits.items()},
    "options": ENV.options,
}
