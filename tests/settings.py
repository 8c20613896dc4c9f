"""The settings of a deployment, adapted for tests. Only DATABASE_URL comes from the environment."""

import os
import tempfile

os.environ.update(
    SECRET_KEY="tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DEMO="0",
    DEBUG="0",
    DATA_DIR=tempfile.gettempdir(),
    TRUSTED_PROXIES="0",
    SECURE_SSL_REDIRECT="0",  # the test client speaks plain http; the redirect has its own tests
    HSTS_SECONDS="63072000",
    TIME_ZONE="UTC",
    REQUIRE_TOTP="0",
    SINGLE_EDITOR="0",
    STORE_CARDS="1",
    PAGE_CACHE_MB=os.environ.get("PAGE_CACHE_MB", "0"),  # the tests of the cache turn it on
    SITE_NAME="",
    SITE_CONTACT="",
    SITE_LICENCE="",
    SITE_SUBJECT="",
    SITE_LANGUAGES="",
    OUTGOING_PORTS="",
    OUTGOING_PROXY="",
)
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from tracker.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
ZEAL_RAISE = True
# Who is signed in, and then the account that an admin's page shows: two, however many accounts there are. And a session
# that takes a new key is looked up under both.
# And the record of a refused form, which is shown again with what was typed.
ZEAL_ALLOWLIST = [
    {"model": "auth.User", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
    *(
        {"model": f"claims.{name}", "field": "get()"}
        for name in ("Claim", "Statement", "Evidence", "Source", "Speaker")
    ),
]

# Named, because parallel runs of pytest-django would otherwise put the database of another backend into a file.
if DATABASES["default"]["ENGINE"] == "tracker.databases.sqlite":  # noqa: F405
    DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; nothing here is worth guessing

STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    **STORAGES,  # noqa: F405
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # cards
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
