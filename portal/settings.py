"""All settings, in the order Django documents them. Every value that differs between sites comes from the environment.

TRELLIS_ENV is `production` unless `manage.py` finds no DATABASE_URL (then `local`) or pytest runs (then `test`)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import env, schedule

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env.choice("TRELLIS_ENV", ["local", "test", "production"], "production")
PRODUCTION = ENVIRONMENT == "production"
LOCAL = ENVIRONMENT == "local"

# Core
DEBUG = env.flag("DEBUG")
INSECURE_KEY = "local-only-not-for-production-0123456789abcdefghijklmnopqrstuvwxyz"
SECRET_KEY = env.text("SECRET_KEY", None if PRODUCTION else INSECURE_KEY)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", None if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on in production. Unset DEBUG.")
    if SECRET_KEY == INSECURE_KEY or len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured("SECRET_KEY is a default or too short. Use at least 50 random characters.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the site's own hosts, for example ALLOWED_HOSTS=trellis.example.org."
        )

INSTALLED_APPS = [
    "portal",  # before django.forms and allauth: our field.html and account pages must win
    "approvals",
    "training",
    "catalog",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
]
MIDDLEWARE = [
    "portal.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.ended_sessions",
    "portal.middleware.reader_time_zone",
    "portal.middleware.refusals",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
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
                "portal.context.shell",
            ],
            "builtins": [
                "portal.templatetags.ui",
                "portal.templatetags.lists",
                "portal.templatetags.dates",
                "portal.templatetags.form_parts",
                "portal.templatetags.accounts",
                "django.templatetags.static",
                "django.templatetags.i18n",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Database: PostgreSQL 15 or newer. The pool pays only in the web process.
DATABASE_URL = env.text("DATABASE_URL", None if PRODUCTION else "postgresql://portal@/portal")
DATABASES = {"default": env.database(DATABASE_URL, pool=env.flag("DB_POOL"))}
if test_template := env.text("TEST_DATABASE_TEMPLATE", ""):
    DATABASES["default"]["TEST"] = {"TEMPLATE": test_template}  # a migrated database, copied for each test worker

# Broker and shared cache: Redis protocol (amqp:// works for the broker when CACHE_URL names a Redis).
BROKER_URL = env.text("BROKER_URL", None if PRODUCTION else "redis://127.0.0.1:6379/0")
CACHE_URL = env.text("CACHE_URL", env.cache_beside(BROKER_URL))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "trellis",
    }
}

# People
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by staff or come from the identity provider, never by sign-up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
if oidc_server := env.text("OIDC_SERVER_URL", ""):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": env.text("OIDC_NAME", "Company account"),
                    "client_id": env.text("OIDC_CLIENT_ID"),
                    "secret": env.text("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": oidc_server},
                }
            ]
        }
    }
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
DEMO_SIGN_IN = LOCAL and env.flag("TRELLIS_DEMO")  # one-click demo people; impossible outside a local site

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
# An OPA server (https://www.openpolicyagent.org) that evaluates policies; without one the embedded engine does.
TRELLIS_OPA_URL = env.web_address("TRELLIS_OPA_URL")
TRELLIS_OPA_TOKEN = env.text("TRELLIS_OPA_TOKEN", "")

# Addresses below which templates may be fetched by git, such as https://git.example.org/templates/
TEMPLATE_GIT_URLS = env.words("TEMPLATE_GIT_URLS")
# Git hosts to which sources may be pushed, as kind=https://host/group, and the token of each as host=token
GIT_REMOTES = env.words("GIT_REMOTES")
GIT_REMOTE_TOKENS = [part.strip() for part in env.text("GIT_REMOTE_TOKENS", "").split(",") if part.strip()]

TIME_ZONE = env.text("TIME_ZONE", "UTC")  # the house's own zone; every person has one too

# Files
VAR_DIR = Path(env.text("TRELLIS_VAR", str(BASE_DIR / "var")))
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_STORAGE = {
    "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "local": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",  # compressing takes 6 s for no slow network
    "production": "portal.stylesheets.StaticStorage",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {"BACKEND": STATIC_STORAGE[ENVIRONMENT]},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# Badges: who issues them, and the keys that sign them. A local site makes a file of keys when they are first needed.
BADGE_ISSUER = env.text("BADGE_ISSUER", "Center for Enablement")
BADGE_KEYS = env.text("BADGE_KEYS", None if PRODUCTION else "")
LOCAL_BADGE_KEYS = VAR_DIR / "badge-keys.json"

# Mail: a folder on a local site (shown at /console/outbox/), SMTP in production
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Trellis <trellis@example.org>")
EMAIL_FILE_PATH = str(VAR_DIR / "outbox")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_TLS")
EMAIL_TIMEOUT = 10

# Celery: acknowledged late, one at a time, results in our own tables
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 840
CELERY_TASK_SOFT_TIME_LIMIT = 780
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
if BROKER_URL.startswith("redis"):
    # Visibility must outlive the longest task; without the restore settings a killed task returns 100 s late.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "socket_connect_timeout": 3,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }
CELERY_BEAT_SCHEDULE = schedule.beat_entries()
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING_CONFIG = "portal.logs.configure"
LOGGING: dict[str, str] = {
    "level": env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO" if PRODUCTION else "WARNING")
}

# pytest: fast and offline
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    INSTALLED_APPS += ["zeal"]
    ZEAL_ALLOWLIST = [{"model": "mfa.Authenticator"}]  # allauth reads a key twice when one is removed
    MIDDLEWARE.insert(1, "zeal.middleware.zeal_middleware")
