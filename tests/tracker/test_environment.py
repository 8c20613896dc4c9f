from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.tracker.conftest import GOOD_KEY
from tracker.environment import Environment, make_folder, read_or_make_key

BASE = Path("/srv/tracker")


def read(**variables: str) -> Environment:
    return Environment(variables)


def refusal(read_it, *args, **kwargs) -> str:
    with pytest.raises(ImproperlyConfigured) as refused:
        read_it(*args, **kwargs)
    return str(refused.value)


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("off", False)]
)
def test_a_flag_is_read_in_the_usual_words(value, meant):
    assert read(DEMO=value).flag("DEMO", default=not meant) is meant


def test_a_flag_that_is_not_set_has_its_default():
    assert read().flag("SECURE_SSL_REDIRECT", default=True) is True


@pytest.mark.parametrize("value", ["treu", "2", "none"])
def test_a_misspelt_flag_is_refused_and_not_taken_for_off(value):
    assert refusal(read(DEBUG=value).flag, "DEBUG", default=False).startswith(f"DEBUG is '{value}'")


@pytest.mark.parametrize("value", ["two", "-1", "1.5", "1_0", "٣", "11", "9" * 5000])
def test_a_number_must_be_whole_and_within_reason(value):
    sentence = refusal(read(TRUSTED_PROXIES=value).whole_number, "TRUSTED_PROXIES", default=0, most=10)
    assert "must be a whole number from 0 to 10" in sentence


def test_a_good_number_is_read():
    assert read(TRUSTED_PROXIES=" 2 ").whole_number("TRUSTED_PROXIES", default=0, most=10) == 2


def test_a_missing_key_says_how_to_make_one_and_how_to_look_around_without():
    sentence = refusal(read().secret_key, "SECRET_KEY")
    assert sentence.startswith("SECRET_KEY is not set")
    assert "secrets.token_urlsafe(50)" in sentence
    assert "manage.py demo" in sentence


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("django-insecure-" + GOOD_KEY, "placeholder"),
        ("change-me-" * 8, "placeholder"),
        ("your-secret-key-goes-here-and-it-should-be-long-enough", "placeholder"),
        (GOOD_KEY[:49], "too easy to guess"),
        ("abcdefghijklmn" * 6, "too easy to guess"),
    ],
)
def test_a_key_that_others_know_or_can_guess_is_refused_without_repeating_it(key, complaint):
    sentence = refusal(read(SECRET_KEY=key).secret_key, "SECRET_KEY")
    assert complaint in sentence
    assert key not in sentence


def test_a_key_may_begin_with_a_dollar():
    assert read(SECRET_KEY="$" + GOOD_KEY).secret_key("SECRET_KEY") == "$" + GOOD_KEY


@pytest.mark.parametrize(
    "value",
    [
        "",
        " , ",
        "*",
        "a.example.org,*",
        "https://a.example.org",
        "a.example.org:443",
        "a.example.org/x",
        "a b",
        ".",
    ],
)
def test_hosts_must_be_plain_names(value):
    assert "For example: ALLOWED_HOSTS=tracker.example.org" in refusal(
        read(ALLOWED_HOSTS=value).hosts, "ALLOWED_HOSTS"
    )


def test_good_hosts_are_read():
    hosts = read(ALLOWED_HOSTS="A.example.org, .example.net,127.0.0.1,[::1]").hosts("ALLOWED_HOSTS")
    assert hosts == ["a.example.org", ".example.net", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("value", ["Mars/Olympus", "Europe", "../../etc/passwd", "/etc/passwd", "\0"])
def test_an_unknown_time_zone_is_refused(value):
    assert "TIME_ZONE=Europe/Paris" in refusal(read(TIME_ZONE=value).time_zone, "TIME_ZONE")


@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "mysql://user:hunter2@localhost/db",
        "postgres://user:hunter2@localhost:port/db",
        "postgres://user:hunter2@localhost:99999999/db",
        "postgres://user:hunter2@[::1/db",
        "postgres://user:hunter2@localhost",
        "sqlite://tracker.sqlite3",
    ],
)
def test_a_bad_database_address_is_refused_without_repeating_its_password(value):
    sentence = refusal(read(DATABASE_URL=value).database, "DATABASE_URL", default=BASE / "x", base=BASE)
    assert sentence.startswith("DATABASE_URL is not the address of a database")
    assert "hunter2" not in sentence


def test_a_database_in_a_folder_that_is_not_there_says_so():
    environment = read(DATABASE_URL="sqlite:////no/such/folder/tracker.sqlite3")
    sentence = refusal(environment.database, "DATABASE_URL", default=BASE / "x", base=BASE)
    assert "mkdir -p /no/such/folder" in sentence


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path):
    found = read().database("DATABASE_URL", default=tmp_path / "tracker.sqlite3", base=BASE)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "tracker.sqlite3")


def test_a_relative_path_is_meant_from_the_project_and_not_from_where_the_command_runs(tmp_path):
    found = read(DATABASE_URL="sqlite:///my.sqlite3").database(
        "DATABASE_URL", default=BASE / "x", base=tmp_path
    )
    assert found["NAME"] == tmp_path / "my.sqlite3"


def test_a_postgresql_address_is_taken_apart():
    url = "postgres://tracker:p%40ss@db.internal:5433/tracker?sslmode=require"
    found = read(DATABASE_URL=url).database("DATABASE_URL", default=BASE / "x", base=BASE)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.internal", 5433, "tracker")
    assert found["PASSWORD"] == "p@ss"
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    assert "DATA_DIR=/var/lib/tracker" in refusal(make_folder, "DATA_DIR", tmp_path / "file" / "var")


def test_the_demos_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = read_or_make_key(tmp_path / "demo-key")
    assert read_or_make_key(tmp_path / "demo-key") == first
    assert len(first) >= 50
    assert (tmp_path / "demo-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["demo-key"]


def test_the_sites_languages_are_english_and_arabic_unless_others_are_named():
    assert read().site_languages("SITE_LANGUAGES") == [("en", "English"), ("ar", "العربية")]
    found = read(SITE_LANGUAGES=" fa, EN ,fr,fa").site_languages("SITE_LANGUAGES")
    assert found == [("fa", "فارسی"), ("en", "English"), ("fr", "français")]


@pytest.mark.parametrize("value", ["en,xx", "en,klingon", "en,pt-br", "en,../ar", "en,zh"])
def test_a_language_that_is_not_known_is_named(value):
    sentence = refusal(read(SITE_LANGUAGES=value).site_languages, "SITE_LANGUAGES")
    assert sentence.startswith(f"SITE_LANGUAGES holds {value.partition(',')[2]!r}")
    assert "SITE_LANGUAGES=en,ar,fa" in sentence


def test_english_cannot_be_left_out():
    assert "must hold en" in refusal(read(SITE_LANGUAGES="ar,fa").site_languages, "SITE_LANGUAGES")


@pytest.mark.parametrize("value", ["", "desk@example.org", "https://example.org/contact"])
def test_a_contact_is_an_address(value):
    assert read(SITE_CONTACT=value).site_contact("SITE_CONTACT") == value


CC_BY = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("value", ["", CC_BY, "X http://example.org/x"])
def test_a_licence_is_a_name_and_an_address(value):
    assert read(SITE_LICENCE=value).site_licence("SITE_LICENCE") == value


@pytest.mark.parametrize(
    "value",
    ["CC BY 4.0", "https://example.org/", "CC BY javascript:alert(1)", 'X https://x"y', "<b> https://x.org"],
)
def test_what_is_no_name_with_an_address_is_no_licence(value):
    sentence = refusal(read(SITE_LICENCE=value).site_licence, "SITE_LICENCE")
    assert sentence.startswith("SITE_LICENCE is ")
    assert sentence.endswith(f"SITE_LICENCE={CC_BY}")


@pytest.mark.parametrize(
    "value", ["the desk", "javascript:alert(1)", "a@b@c", 'https://x"y', "ftp://example.org"]
)
def test_what_is_no_address_is_no_contact(value):
    assert refusal(read(SITE_CONTACT=value).site_contact, "SITE_CONTACT").startswith("SITE_CONTACT is ")


@pytest.mark.parametrize("value", ["http", "0", "65536", "80,,x", "-1", ","])
def test_ports_must_be_ports(value):
    sentence = refusal(read(OUTGOING_PORTS=value).ports, "OUTGOING_PORTS", default="80,443")
    assert sentence.startswith(f"OUTGOING_PORTS is '{value}'")


def test_ports_are_read():
    assert read(OUTGOING_PORTS=" 80, 8080 ").ports("OUTGOING_PORTS", default="80") == [80, 8080]
    assert read().ports("OUTGOING_PORTS", default="80,443") == [80, 443]


@pytest.mark.parametrize("value", ["proxy", "socks5://a:1", "http://ann:secret@proxy", "http://proxy:1/path"])
def test_a_proxy_that_cannot_be_read_is_not_repeated_because_it_may_hold_a_password(value):
    sentence = refusal(read(OUTGOING_PROXY=value).proxy, "OUTGOING_PROXY")
    assert sentence.startswith("OUTGOING_PROXY is not the address of a proxy")
    assert "secret" not in sentence


def test_a_good_proxy_is_read():
    address = "http://ann:secret@proxy.example:3128"
    assert read(OUTGOING_PROXY=address).proxy("OUTGOING_PROXY") == address
