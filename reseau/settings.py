"""Settings of the portal, read from the environment.

With nothing set, the portal runs on its own local PostgreSQL and Redis under ``var/`` with DEBUG on. With
``DJANGO_DEBUG=0`` it refuses to start without the secrets that production needs; ``RESEAU_LOCAL=1`` beside it, as in
``make demo``, keeps plain HTTP and the known secret of one's own machine, with the pages of production.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reseau.entra import PROVIDER as ENTRA_PROVIDER  # noqa: F401 - read by the addresses
from reseau.entra import providers as entra_providers

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DJANGO_DEBUG", default=True)
# One's own machine: loopback, plain HTTP, fictional data.
LOCAL = env.bool("RESEAU_LOCAL", default=DEBUG)
LOCAL_SECRET = "local-development-only-never-in-production"  # noqa: S105 - refused below elsewhere
SECRET_KEY = env("SECRET_KEY", default=LOCAL_SECRET) if LOCAL else env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if LOCAL else env.NOTSET)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# What the deployer says about this network.
NETWORK_CODE = env("NETWORK_CODE", default="RNUM-SN")
SITE_URL = env("SITE_URL", default="http://localhost:8000")
SECRETARIAT_EMAIL = env("SECRETARIAT_EMAIL", default="secretariat@example.org")
# In which languages a text put to the Network may circulate: it is written, and prevails, in the first one.
# Entities: where fewer answer a confidential sounding, nothing of it is shown or kept (ADR 26).
SOUNDING_MINIMUM = env.int("SOUNDING_MINIMUM", default=5)
TEXT_LANGUAGES = env.list("TEXT_LANGUAGES", default=["fr", "en"])
DEMO_PASSWORD = "reseau-demo-2026"  # noqa: S105 - public by design: given only to demo accounts, by seed_demo

# Days. The mandate sets none of these: each network sets its own (clauses M-51, M-52, M-56, M-58, M-77).
MEMBERS_PROFILE_FRESH_DAYS = env.int("MEMBERS_PROFILE_FRESH_DAYS", default=183)
MEMBERS_DETAILS_FRESH_DAYS = env.int("MEMBERS_DETAILS_FRESH_DAYS", default=92)
MEMBERS_SUCCESSION_NOTICE_DAYS = env.int("MEMBERS_SUCCESSION_NOTICE_DAYS", default=60)
# After how many days without a meeting of the whole Network its organisers are reminded to convene one (clause M-44).
MEETING_REMINDER_DAYS = env.int("MEETING_REMINDER_DAYS", default=76)
# How long a guest may come back to the page of a meeting once it is over.
GUEST_PASS_DAYS = env.int("GUEST_PASS_DAYS", default=14)
# How long an entity may confirm or contest a position that was recorded on its behalf.
POSITION_ANSWER_DAYS = env.int("POSITION_ANSWER_DAYS", default=14)
# After how many days without a meeting the chairs of a working group are asked, and how many days they have to convene.
GROUP_QUIET_DAYS = env.int("GROUP_QUIET_DAYS", default=120)
GROUP_ANSWER_DAYS = env.int("GROUP_ANSWER_DAYS", default=21)
# How long the texts of mails and the tokens of sent forms are kept; acts and records are the Network’s memory.
RETENTION_MAIL_DAYS = env.int("RETENTION_MAIL_DAYS", default=365)
RETENTION_IMPORT_DAYS = env.int("RETENTION_IMPORT_DAYS", default=30)
RETENTION_TOKEN_DAYS = env.int("RETENTION_TOKEN_DAYS", default=30)

INSTALLED_APPS = [
    "core",
    "frameworks",
    "members",
    "decisions",
    "workinggroups",
    "meetings",
    "workplan",
    "outreach",
    "reports",
    "reseau",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.CleanInputMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.SignInMiddleware",
    "members.middleware.PersonLanguageMiddleware",
    "members.middleware.SecondFactorMiddleware",
    "core.middleware.BackToThePageMiddleware",
    "core.middleware.PrivatePagesMiddleware",
    "core.middleware.KeptTextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "reseau.urls"
WSGI_APPLICATION = "reseau.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reseau.context.portal",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- PostgreSQL and Redis -------------------------------------------------------------------------------------------
DATABASE_URL = env("DATABASE_URL", default="")
REDIS_URL = env("REDIS_URL", default="")
if not DATABASE_URL or not REDIS_URL:
    from reseau.local import services

    _local = services.urls()
    DATABASE_URL = DATABASE_URL or _local.database
    REDIS_URL = REDIS_URL or _local.redis
DATABASES = {
    "default": {
        **environ.Env.db_url_config(DATABASE_URL),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Lists are short: a cursor left on the server costs a choice field three questions instead of one.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c statement_timeout=30000"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits live in the database: with Redis stopped, signing in must still work (measured: HTTP 500 otherwise).
# With the 300 entries that the backend keeps unless told, whoever tries many addresses would push a lock out of it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 20
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800, "socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = "Africa/Dakar"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "core.tasks.sweep_jobs", "schedule": 60.0},
    "sweep-outbox": {"task": "core.tasks.sweep_outbox", "schedule": 60.0},
    "warn-of-ending-terms": {"task": "members.tasks.warn_of_ending_terms", "schedule": 6 * 3600.0},
    "watch-calls": {"task": "decisions.tasks.watch_calls", "schedule": 600.0},
    "close-soundings": {"task": "decisions.tasks.close_soundings", "schedule": 3600.0},
    "begin-decisions": {"task": "decisions.tasks.begin_decisions", "schedule": 3600.0},
    "watch-reviews": {"task": "decisions.tasks.watch_reviews", "schedule": 24 * 3600.0},
    "watch-cadence": {"task": "meetings.tasks.watch_cadence", "schedule": 24 * 3600.0},
    "read-mailbox": {"task": "meetings.tasks.read_mailbox", "schedule": 300.0},
    "watch-groups": {"task": "workinggroups.tasks.watch_groups", "schedule": 24 * 3600.0},
    "forget-old-imports": {"task": "members.tasks.forget_old_imports", "schedule": 24 * 3600.0},
    "forget-old": {"task": "core.tasks.forget_old", "schedule": 24 * 3600.0},
}

# --- People and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# How many proxies stand before the web server: whose word on the address of the person, for the limits, is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "members.sign_in.CodeForm",
    "reset_password": "members.sign_in.ForgottenPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Who sets up a second proof before anything else: roles, co_chair, focal_point. Nobody on one’s own machine.
SECOND_FACTOR_ROLES = env.list(
    "SECOND_FACTOR_ROLES", default=[] if LOCAL else ["secretariat", "administrator", "co_chair"]
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The code of the half minute before or after still counts (RFC 6238, 5.2): lines are slow and clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "members.second_proof.SecondStepForm",
    "reauthenticate": "members.second_proof.ConfirmForm",
    "add_webauthn": "members.second_proof.AddKeyForm",
    "edit_webauthn": "members.second_proof.EditKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
# The organisation’s Microsoft account, for the people of one tenant: on where the three are set (ADR 16).
ENTRA_AUTHORITY = env("ENTRA_AUTHORITY", default="https://login.microsoftonline.com")
ENTRA_TENANT_ID = env("ENTRA_TENANT_ID", default="").lower()  # as Microsoft writes it in its tokens
SOCIALACCOUNT_PROVIDERS = entra_providers(
    ENTRA_AUTHORITY, ENTRA_TENANT_ID, env("ENTRA_CLIENT_ID", default=""), env("ENTRA_CLIENT_SECRET", default="")
)
SOCIALACCOUNT_ADAPTER = "members.entra.EntraAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.errors_views.csrf_failure"

# --- Words ----------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Africa/Dakar"
USE_TZ = True
USE_I18N = True

# --- Files and mail -------------------------------------------------------------------------------------------------
VAR_DIR = Path(env("RESEAU_VAR", default=str(BASE_DIR / "var")))
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# No MEDIA_URL: files leave only through views that ask for a permission.
MEDIA_ROOT = Path(env("FILES_DIR", default=str(VAR_DIR / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

EMAIL_BACKEND = "core.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Réseau migrations Sénégal <secretariat@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = VAR_DIR / "mail"
OUTBOX_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
if env("EMAIL_URL", default=""):
    _mail = env.email("EMAIL_URL")
    OUTBOX_TRANSPORT = _mail.pop("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST"), _mail.get("EMAIL_PORT")
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER"), _mail.get("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)

# The mailbox that calendar programs answer to, that of SECRETARIAT_EMAIL: imaps://user:password@host/INBOX.
MAILBOX_URL = env("MAILBOX_URL", default="")

# --- Armour ---------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if env.bool("BEHIND_PROXY", default=True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # A browser applies it to where a form is led on to, as well.
        "form-action": [SELF, *([ENTRA_AUTHORITY] if SOCIALACCOUNT_PROVIDERS else [])],
    }
}

# What no page of the portal asks of a browser.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.request_id.RequestIdFilter"},
        "tokens": {"()": "core.logs.TokenFilter"},
    },
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["request_id", "tokens"], "formatter": "plain"}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # The framework's own handlers know nothing of the filters: everything goes through the one above.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
