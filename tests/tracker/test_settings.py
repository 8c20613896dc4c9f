import json

import pytest

from tests.tracker.conftest import GOOD_KEY

SHOW = """
import json, sys
from django.conf import settings
from tracker.startup import use_settings
use_settings()
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def settings_with(run):
    def show(*names, **environment):
        result = run("-c", SHOW, *names, **environment)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return show


DEPLOYED = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "tracker.example.org"}
COOKIES = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"]


def test_a_deployment_is_closed_unless_opened(settings_with):
    found = settings_with("DEBUG", "DEMO", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", *COOKIES, **DEPLOYED)
    assert found == {
        "DEBUG": False,
        "DEMO": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
    }


def test_the_demo_keeps_to_its_own_database_and_to_this_machine(settings_with, tmp_path):
    elsewhere = {**DEPLOYED, "DATABASE_URL": "postgres://a:b@db.internal/deployment", "DEBUG": "1"}
    names = [
        "DATABASES",
        "ALLOWED_HOSTS",
        "DEBUG",
        "SECRET_KEY",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        *COOKIES,
    ]
    found = settings_with(*names, **{**elsewhere, "DEMO": "1"})
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "demo.sqlite3")
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["DEBUG"] is found["SECURE_SSL_REDIRECT"] is found["SESSION_COOKIE_SECURE"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SECRET_KEY"] == (tmp_path / "demo-key").read_text() != GOOD_KEY


def test_a_proxy_is_believed_about_https_only_when_it_is_declared(settings_with):
    assert settings_with("SECURE_PROXY_SSL_HEADER", **DEPLOYED) == {"SECURE_PROXY_SSL_HEADER": None}
    found = settings_with("SECURE_PROXY_SSL_HEADER", **DEPLOYED, TRUSTED_PROXIES="1")
    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_postgresql_gets_a_pool_that_tests_its_connections_and_keeps_the_addresss_options(settings_with):
    url = "postgres://a:b@db.internal/tracker?sslmode=require"
    found = settings_with("DATABASES", **DEPLOYED, DATABASE_URL=url)["DATABASES"]["default"]
    assert found["OPTIONS"]["pool"]["max_size"] == 20
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    "name",
    [
        "DEMO",
        "DEBUG",
        "TRUSTED_PROXIES",
        "HSTS_SECONDS",
        "SECURE_SSL_REDIRECT",
        "TIME_ZONE",
        "REQUIRE_TOTP",
        "STORE_CARDS",
    ],
)
def test_nonsense_in_any_variable_is_named_and_not_a_traceback(deployed, name):
    result = deployed("check", **{name: "nonsense"})
    assert result.returncode == 2
    assert result.stderr.startswith(f"The site can't start. {name} is 'nonsense'")


def test_cards_are_kept_as_files_only_where_one_machine_serves_the_site(settings_with):
    shared = {**DEPLOYED, "DATABASE_URL": "postgres://a:b@db.internal/tracker"}
    assert settings_with("STORE_CARDS", **DEPLOYED) == {"STORE_CARDS": True}
    assert settings_with("STORE_CARDS", **shared) == {"STORE_CARDS": False}
    assert settings_with("STORE_CARDS", **shared, STORE_CARDS="1") == {"STORE_CARDS": True}


def test_the_name_is_that_of_the_software_unless_another_is_set(settings_with):
    names = ["SITE_NAME", "SITE_CONTACT", "OTP_TOTP_ISSUER"]
    assert settings_with(*names, **DEPLOYED) == {
        "SITE_NAME": "Words & Ground", "SITE_CONTACT": "", "OTP_TOTP_ISSUER": "Words & Ground",
    }  # fmt: skip
    asked = {"SITE_NAME": "Example Watch", "SITE_CONTACT": "desk@example.org"}
    assert settings_with(*names, **DEPLOYED, **asked) == {**asked, "OTP_TOTP_ISSUER": "Example Watch"}


def test_the_site_names_no_subject_unless_one_is_set_and_the_demo_is_about_syria(settings_with):
    assert settings_with("SITE_SUBJECT", **DEPLOYED) == {"SITE_SUBJECT": ""}
    assert settings_with("SITE_SUBJECT", **DEPLOYED, SITE_SUBJECT=" Lebanon ") == {"SITE_SUBJECT": "Lebanon"}
    assert settings_with("SITE_CONTACT", DEMO="1") == {"SITE_CONTACT": "contact@example.org"}
    assert settings_with("SITE_SUBJECT", DEMO="1") == {"SITE_SUBJECT": "Syria"}


def test_the_site_claims_no_licence_unless_one_is_set_and_the_demo_is_free_to_use(settings_with):
    cc_by = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    assert settings_with("SITE_LICENCE", **DEPLOYED) == {"SITE_LICENCE": ""}
    own = {"SITE_LICENCE": "ODbL 1.0 https://example.org/odbl"}
    assert settings_with("SITE_LICENCE", **DEPLOYED, **own) == own
    assert settings_with("SITE_LICENCE", DEMO="1") == {"SITE_LICENCE": cc_by}


DESK_FORM = """
import json
import django
from tracker.startup import use_settings
use_settings()
django.setup()
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from claims.models import Topic
request = RequestFactory().get("/")
request.user = User(is_active=True, is_superuser=True)
form = admin.site.get_model_admin(Topic).get_form(request)
print(json.dumps({name: field.widget.attrs.get("dir", "") for name, field in form.base_fields.items()}))
"""


def test_the_desk_asks_for_translations_into_every_language_of_the_site(run):
    result = run("-c", DESK_FORM, **DEPLOYED, SITE_LANGUAGES="en,ar,fa")
    assert result.returncode == 0, result.stderr
    fields = json.loads(result.stdout)
    assert {name: fields[name] for name in ("name_ar", "name_fa")} == {"name_ar": "rtl", "name_fa": "rtl"}
    assert {"by_ar", "by_fa", "about_fa"} <= fields.keys()


def test_a_language_that_is_not_known_stops_the_start(deployed):
    result = deployed("check", SITE_LANGUAGES="en,xx")
    assert result.returncode == 2
    assert result.stderr.startswith("The site can't start. SITE_LANGUAGES holds 'xx'")
