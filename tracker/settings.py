"""The settings. Values that differ between machines come from environment variables or from .env beside manage.py;
docs/operations.md lists them. The defaults are secure: only DEMO=1 starts without a key.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environ import Env

from claims.domain.vocabulary import gettext_noop  # Django's own would need the settings
from tracker.environment import Environment, is_totp_installed, make_folder, read_or_make_key, without_totp
from tracker.setting_names import OF_DEPLOYMENTS_ONLY

BASE_DIR = Path(__file__).resolve().parent.parent
Env.read_env(BASE_DIR / ".env")  # environment variables override the file
environment = Environment(os.environ)

# Who this is: in every title, feed, citation and card -------------------------------------------------------------

SITE_NAME = environment.text("SITE_NAME") or gettext_noop("Words & Ground")
EXAMPLE_CONTACT = "contact@example.org"  # of the demo. It reaches nobody (RFC 2606), as each page says.
SITE_CONTACT = environment.site_contact("SITE_CONTACT", demo=EXAMPLE_CONTACT)
# What the claims are about, as in “about Syria”. The demo is about Syria.
SITE_SUBJECT = environment.text("SITE_SUBJECT") or (
    gettext_noop("Syria") if environment.flag("DEMO", default=False) else ""
)
# Under what others may use the site's own texts and figures. Empty: it claims and grants nothing.
SITE_LICENCE = environment.site_licence(
    "SITE_LICENCE", demo="CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
)

# Days after the answer to a reader's report of an error on which the reader's e-mail is erased.
READER_ADDRESS_DAYS = environment.whole_number("READER_ADDRESS_DAYS", default=90, most=3650)

OUTGOING_PORTS = environment.ports("OUTGOING_PORTS", default="80,443")  # of sites whose pages are kept
OUTGOING_PROXY = environment.proxy("OUTGOING_PROXY")

# What this is: a deployment, or the demo --------------------------------------------------------------------------

DEMO = environment.flag("DEMO", default=False)
DEBUG = environment.flag("DEBUG", default=False) and not DEMO
SINGLE_EDITOR = environment.flag("SINGLE_EDITOR", default=False) and not DEMO  # permits what takes two
DATA_DIR = BASE_DIR / (environment.text("DATA_DIR") or "var")  # the folder for all files that the site writes
MAINTENANCE_FILE = DATA_DIR / "maintenance"  # while the file exists, the site is in maintenance mode
DATABASES: dict[str, dict[str, Any]]

if DEMO:
    # The demo always uses its own database, key and hosts, so it cannot change a deployment's records.
    SECRET_KEY = read_or_make_key(make_folder("DATA_DIR", DATA_DIR) / "demo-key")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "demo.sqlite3"}}
else:
    SECRET_KEY = environment.secret_key("SECRET_KEY")
    ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")
    if not environment.text("DATABASE_URL"):
        make_folder("DATA_DIR", DATA_DIR)
    DATABASES = {
        "default": environment.database("DATABASE_URL", default=DATA_DIR / "tracker.sqlite3", base=BASE_DIR)
    }

# Two-factor sign-in, on if its packages are installed.
HAS_TOTP = is_totp_installed("django_otp", "segno")
REQUIRE_TOTP = environment.flag("REQUIRE_TOTP", default=False) and not DEMO
if REQUIRE_TOTP and not HAS_TOTP:
    raise without_totp("REQUIRE_TOTP")

# Database ---------------------------------------------------------------------------------------------------------

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "tracker.databases.sqlite"
    # Opening takes several times as long as a query, because SQLite then reads the schema. `is_usable` of the engine
    # checks before each request that the file is still the same.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = {
        # FULL: with NORMAL, a power cut could lose saves that were already acknowledged. secure_delete: freed pages of
        # the file do not keep suppressed texts.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",
        # A transaction that reads and then writes would fail at once, not wait, if it began without the write lock.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["ENGINE"] = "tracker.databases.postgresql"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # the pool tests each connection before use
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        # A server that vanished without a word is noticed within seconds.
        "tcp_user_timeout": 5000,  # milliseconds
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        "pool": {"min_size": 1, "max_size": 20, "timeout": 0.3},
        **DATABASES["default"]["OPTIONS"],
    }
# Memory of each process for rendered pages. With DEBUG templates change while the site runs.
PAGE_CACHE_MB = environment.whole_number("PAGE_CACHE_MB", default=0 if DEBUG else 64, most=10_000)
# A suppression deletes the cards of the machine where it is decided. PostgreSQL may serve several machines.
STORE_CARDS = environment.flag(
    "STORE_CARDS", default=DATABASES["default"]["ENGINE"] == "tracker.databases.sqlite"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The parts --------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",  # for its two templates
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "tracker.operations.apps.OperationsConfig",
]
if HAS_TOTP:
    INSTALLED_APPS += ["django_otp", "django_otp.plugins.otp_totp", "tracker.totp.apps.TotpConfig"]
MIDDLEWARE = [
    "tracker.page_cache.PageCache",  # before all others: a page that is stored needs none of them
    "django.middleware.gzip.GZipMiddleware",  # random padding protects secrets from BREACH
    # Answers 304 for an unchanged page. Listed before the headers: those of a 304 replace the ones that the browser
    # has stored, and only the page itself allows framing.
    "django.middleware.http.ConditionalGetMiddleware",
    # Before all others, so that every refusal has the headers.
    "csp.middleware.CSPMiddleware",
    "tracker.headers.FixedHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.language.AskedLanguageMiddleware",
    "tracker.public_data.OpenPublicData",  # inside of the language, and around every refusal of data
    "tracker.maintenance.SayMaintenance",  # before anything that asks the database
    "tracker.guards.RefuseUnstorableText",  # before the session, whose cookie is outside text too
    "tracker.slug_spelling.LeadToSlugSpelling",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tracker.desk_guards.RefuseCostlyDeskRequests",
    "tracker.kept_pages.KeepFormsOfTheSignedOut",
    "tracker.guards.RefuseUnanswerableValues",
    "tracker.outages.AnswerOutages",
    "axes.middleware.AxesMiddleware",  # last: it replaces the answer to a locked-out sign-in
]
if HAS_TOTP:
    after = MIDDLEWARE.index("django.contrib.messages.middleware.MessageMiddleware") + 1
    MIDDLEWARE[after:after] = ["django_otp.middleware.OTPMiddleware", "tracker.totp.middleware.AskForCode"]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "claims.templatetags.language_tags",
                "claims.templatetags.site",
            ],  # every page needs them
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.views.frame_context.frame_context",
            ],
        },
    },
]

# Signing in -------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", default=0, most=10)

# Lock the pair of account and address. The account alone would let strangers lock out an editor; the address alone
# would let one editor lock out a newsroom.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # attempts during a lock do not extend it
AXES_CLIENT_IP_CALLABLE = "claims.client_address.client_address"
AXES_LOCKOUT_CALLABLE = "tracker.signin.locked_out_response"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "code"]
AXES_VERBOSE = False
OTP_TOTP_ISSUER = SITE_NAME  # the name of the account in authenticator apps

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # with Strict, a link in an e-mail would open the desk signed out
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "tracker.errors.csrf_failure"
if DEMO:  # plain http on localhost
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "demo_session", "demo_csrf"
else:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # With this prefix, browsers refuse such cookies from a sibling host or over plain http.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# Transport and headers --------------------------------------------------------------------------------------------

if not DEMO:
    SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = environment.whole_number("HSTS_SECONDS", default=63_072_000, most=315_360_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # probes come from inside, over plain http
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # other sites do not learn which page a reader came from
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],  # htmx and small scripts; all pages work without them
        "connect-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Enough for a claim with 250 reports and 250 searches, all translated. No query string of the site is so long.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # of all files that the site writes

# Static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = DATA_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES: dict[str, dict[str, Any]] = {
    "default": {  # share cards, below cards/; served by a view, which draws what is missing
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # A file of the same name is the same card, or an incomplete copy of it.
        "OPTIONS": {"location": DATA_DIR, "allow_overwrite": True},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEMO or DEBUG:  # straight from where they lie, without collectstatic
    STATIC_ROOT = None
    WHITENOISE_USE_FINDERS = True
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

# Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = environment.site_languages("SITE_LANGUAGES")  # each with its own name
LOCALE_PATHS = [BASE_DIR / "claims" / "locale"]
FORMAT_MODULE_PATH = ["tracker.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone("TIME_ZONE")
KNOWN_SETTINGS = frozenset(environment.names) | OF_DEPLOYMENTS_ONLY  # what tracker.operations.checks accepts

# Log: plain lines to stderr, where systemd, Docker and a terminal all expect them. No bodies, cookies or keys -----

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "refusals": {"()": "tracker.log.RefusalsAsWarnings"},
        "in_full": {"()": "tracker.log.TracebacksForErrorsOnly"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals", "in_full"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Instead of Django's own handlers, one of which sends e-mail.
        "django": {"handlers": [], "level": "INFO"},
        "axes": {"level": "WARNING"},
    },
}
