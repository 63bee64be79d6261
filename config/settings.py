"""All settings in one file; what an installation changes comes from the environment.

The launcher (`config.launch`) sets `GANDAN_SOCKET` and `GANDAN_DB_ROLE` when it runs
the embedded PostgreSQL; `DATABASE_URL` points to a server of one's own instead.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("GANDAN_HOME", BASE_DIR / "var")).resolve()


def _flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "")
    if value.lower() in {"", "0", "1", "true", "false", "yes", "no"}:
        return value.lower() in {"1", "true", "yes"} if value else default
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}")


def _secret(name: str) -> str:
    """A secret from the environment, else one kept under GANDAN_HOME (0600)."""
    if value := os.environ.get(name):
        return value
    path = HOME / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
    return path.read_text()


def _database() -> dict[str, Any]:
    """One dialect: PostgreSQL, embedded or pointed to by DATABASE_URL."""
    common: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
    options: dict[str, Any] = {
        "options": "-c lock_timeout=3s -c statement_timeout=15s -c timezone=UTC",
    }
    if _flag("GANDAN_POOL"):
        # The web server's workers, with two threads each: opening a connection costs
        # more than most pages' queries.
        options["pool"] = {"min_size": 1, "max_size": 3, "timeout": 10}
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise ImproperlyConfigured(
                "DATABASE_URL must begin with postgres:// or postgresql://"
            )
        query = dict(parse_qsl(parts.query))
        return common | {
            "NAME": unquote(parts.path.lstrip("/")) or "gandan",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or query.pop("port", "")),
            "OPTIONS": options | query,
        }
    return common | {
        "NAME": os.environ.get("GANDAN_DB_NAME", "gandan"),
        "USER": os.environ.get("GANDAN_DB_ROLE", "gandan_web"),
        "HOST": os.environ.get("GANDAN_SOCKET", str(HOME / "run")),
        "OPTIONS": options,
    }


DEBUG = _flag("GANDAN_DEBUG")
SECRET_KEY = _secret("GANDAN_SECRET_KEY")
# Secrets of receipts are stored as HMACs under a key of its own, so that a copied
# database alone opens no dossier.
CAPABILITY_KEY = _secret("GANDAN_CAPABILITY_KEY")
ALLOWED_HOSTS = os.environ.get(
    "GANDAN_HOSTS", "localhost,127.0.0.1,[::1],testserver"
).split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GANDAN_ORIGINS", "").split(",") if o]

# The demo province: only a database marked as demo, only on loopback (gandan.site).
DEMO = _flag("GANDAN_DEMO")
# Since 1 July 2025 filing goes through the National Public Service Portal; our own
# filing is a choice of the installation.
OWN_FILING = _flag("OWN_FILING", default=DEMO)
PROVINCE_CODE = os.environ.get("GANDAN_PROVINCE", "04")
# Words of the desk that receipts and pages print; an installation sets its own.
SERVICE_TELEPHONE = os.environ.get("GANDAN_TELEPHONE", "0206 3 000 000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "gandan.ledger",
    "gandan.ui",
    "gandan.places",
    "gandan.people",
    "gandan.documents",
    "gandan.notices",
    "gandan.duties",
    "gandan.figures",
    "gandan.forms",
    "gandan.procedures",
    "gandan.dossiers",
    "gandan.programmes",
    "gandan.indicators",
    "gandan.journeys",
    "gandan.site",
    # After our rooms: our pages of sign-in stand before its own.
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gandan.site.demo.guard.Guard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gandan.ui.middleware.RequestNow",
    "gandan.ui.middleware.FirstLanguage",
    "gandan.places.middleware.PinnedPlaces",
    "gandan.people.middleware.RequestActor",
    "gandan.dossiers.web.desk.papers.SlipCookie",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "people.User"

_LOADERS = [
    (
        "django.template.loaders.cached.Loader",
        [
            "django_cotton.cotton_loader.Loader",
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": _LOADERS,
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gandan.site.context.shell",
            ],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": _database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_rows",
    }
}

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "gandan.people.adapter.LocalAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_FORMS = {"login": "gandan.people.web.forms.SignIn"}
# A shared computer: the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
# An office sits behind one address; guessing is slowed by account first.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "change_password": "5/m/user",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "first_page"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français")]
FORMAT_MODULE_PATH = ["gandan.ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "files")},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or _flag("GANDAN_TESTING")
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
# Fonts of what is printed: explicit folders, so that no page depends on what a machine
# happens to have.
_NPM_FONTS = BASE_DIR / "node_modules" / "@expo-google-fonts"
FONT_DIRS = [
    Path(folder)
    for folder in os.environ.get(
        "GANDAN_FONTS", f"{_NPM_FONTS / 'tinos'}:{_NPM_FONTS / 'be-vietnam-pro'}"
    ).split(":")
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "gandan.ui.errors.stale"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
BEHIND_TLS = _flag("GANDAN_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
if BEHIND_TLS:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

EMAIL_HOST = os.environ.get("GANDAN_SMTP_HOST", "")
# The demo province writes its letters to files, unless it is given a server.
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "filebased" if DEMO and not EMAIL_HOST else "smtp"
)
EMAIL_FILE_PATH = str(HOME / "outbox" / "mail")
# Dotted path of a class like gandan.notices.gateways.FileGateway; empty: no texts.
GANDAN_SMS = os.environ.get(
    "GANDAN_SMS", "gandan.notices.gateways.FileGateway" if DEMO else ""
)
SMS_FILE_PATH = HOME / "outbox" / "sms"
EMAIL_PORT = int(os.environ.get("GANDAN_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GANDAN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GANDAN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("GANDAN_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("GANDAN_MAIL_FROM", "gandan@localhost")

# Dotted path of a callable returning "now"; the demo province moves its own date.
GANDAN_NOW = "gandan.site.demo.clock.now" if DEMO else ""

# A log names what failed, never who it concerned: no statements, no form data, no
# capability of an address.
_QUIET = {"filters": ["no_capabilities"]}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_capabilities": {"()": "gandan.kernel.logs.NoCapabilities"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"} | _QUIET,
    },
    # Those that name the path of a request, whatever handler is added to them.
    "loggers": dict.fromkeys(
        ("django.request", "django.server", "django.security.csrf"), _QUIET
    ),
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
