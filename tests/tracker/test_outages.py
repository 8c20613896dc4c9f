"""Reading never needs writing, and without a database everybody is told so at once."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from claims.selectors import storage_state
from tests.tracker.conftest import BASE_DIR, GOOD_KEY
from tests.tracker.served import environment_of, served
from tracker import outages
from tracker.outages import Outage, answer_outage, classify_outage

PAGES = [
    "/en/", "/ar/", "/en/claims/", "/en/claims/?as_of=2021-10-31", "/en/speakers/", "/en/topics/", "/en/places/",
    "/en/sources/", "/en/method/", "/en/changes/", "/en/corrections/", "/en/search/?q=bridge", "/en/about/",
    "/claims.csv", "/changes.json", "/sitemap.xml", "/admin/login/",
]  # fmt: skip
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
user = User.objects.create_superuser("root", password="correct horse battery")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session.save()
print(session.session_key)
"""
TOKEN = "a" * 32
NEW_TOPIC = f"csrfmiddlewaretoken={TOKEN}&name=Water&name=%D9%85%D8%A7%D8%A1"


def manage(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR, env=environment_of(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    manage(folder, "migrate", "-v0")
    cookie = f"demo_session={manage(folder, 'shell', '-v0', '--command', SIGN_IN).strip()}; demo_csrf={TOKEN}"
    return folder, cookie


@pytest.fixture
def site(migrated, tmp_path):
    """A copy of the site's folder, and the cookies of somebody who is signed in."""
    folder = tmp_path / "data"
    shutil.copytree(migrated[0], folder)
    yield folder, migrated[1]
    folder.chmod(0o700)


@pytest.mark.parametrize("readable_only", ["folder", "file", "disk"])
def test_readers_read_and_editors_are_told_why_nothing_can_be_saved(site, readable_only):
    folder, cookie = site
    if readable_only == "folder":
        folder.chmod(0o500)
    if readable_only == "file":
        (folder / "demo.sqlite3").chmod(0o400)
    with served(folder, has_space=readable_only != "disk") as server:
        assert {path: server.ask(path).status for path in PAGES} == dict.fromkeys(PAGES, 200)
        desk = server.ask("/en/admin/claims/topic/add/", Cookie=cookie)
        assert desk.status == 200
        saved = server.ask("/en/admin/claims/topic/add/", "POST", NEW_TOPIC, Cookie=cookie)
        ready = server.ask("/readyz")
    assert saved.status == 503
    assert int(saved.headers["retry-after"]) > 0
    assert "Nothing can be saved at the moment" in saved.text
    # What was typed comes back, to be sent again.
    assert '<input type="hidden" name="name" value="ماء">' in saved.text
    assert 'action="/en/admin/claims/topic/add/"' in saved.text
    assert ready.status == 200
    if readable_only != "disk":
        assert "Nothing can be saved at the moment: the database can only be read." in desk.text
        assert '"saving": "the database can only be read' in ready.text


def test_changes_that_wait_beside_a_database_are_never_left_out(site):
    """Opened without its second file, the database would show an older state: perhaps a text since suppressed."""
    folder, _cookie = site
    (folder / "demo.sqlite3-wal").write_bytes(b"changes")
    folder.chmod(0o500)
    with served(folder) as server:
        assert server.ask("/en/claims/").status == 503


def test_with_the_database_gone_everybody_is_told_at_once(tmp_path):
    gone: dict[str, Any] = {
        "DEMO": "0", "SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "tracker.example.org", "SECURE_SSL_REDIRECT": "0",
        "DEBUG": "0", "DATABASE_URL": "postgres://tracker:hunter2@127.0.0.1:1/tracker",
    }  # fmt: skip
    manage_static = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(manage_static, cwd=BASE_DIR, env=environment_of(tmp_path, **gone), check=True)
    with served(tmp_path, host="tracker.example.org", **gone) as server:
        english, arabic = server.ask("/en/claims/"), server.ask("/ar/claims/")
        data, desk, feed = server.ask("/changes.json"), server.ask("/en/admin/"), server.ask("/claims.csv")
        alive, ready = server.ask("/healthz"), server.ask("/readyz")
    for answer in (english, arabic, data, feed):
        assert answer.status == 503
        assert answer.seconds < 2
        assert int(answer.headers["retry-after"]) > 0
        assert "no-store" in answer.headers["cache-control"]
        assert "hunter2" not in answer.text
    assert "Please try again in a minute." in english.text
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert data.headers["content-type"] == "application/problem+json"
    assert feed.headers["content-type"].startswith("text/plain")
    assert desk.status in (302, 503)
    assert (alive.status, ready.status) == (200, 503)
    assert '"database": "unreachable: see the log"' in ready.text


def test_an_error_of_the_code_stays_an_error():
    assert classify_outage(OperationalError("no such column: gap")) is None
    assert classify_outage(ValueError("x")) is None
    assert answer_outage(RequestFactory().get("/en/"), ValueError("x")) is None


@pytest.mark.django_db
def test_an_outage_is_logged_once_and_not_for_each_request(caplog, monkeypatch):
    monkeypatch.setattr(outages, "_logged", {})
    for _turn in range(20):
        outages.log_outage(Outage.GONE, OperationalError("connection refused"))
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_no_password_comes_back_in_a_page():
    signing_in = RequestFactory().post("/en/admin/login/", {"username": "root", "password": "hunter2"})
    assert outages.kept_fields(signing_in) == []


@pytest.mark.django_db
def test_a_full_disk_is_said_on_the_desk_and_by_readiness(client, root, monkeypatch, settings):
    monkeypatch.setattr(storage_state, "free_bytes", lambda: {Path("/srv/tracker"): 1024})
    monkeypatch.setattr("tracker.health.free_bytes", storage_state.free_bytes)
    assert "the server&#x27;s disk is full" in root.get("/en/admin/").text
    ready = client.get("/readyz")
    assert ready.status_code == 200  # readers read on
    assert ready.json()["warnings"]["disk"] == "full: 0 MB left at /srv/tracker"


@pytest.mark.django_db
def test_in_memory_and_on_a_server_that_writes_everything_can_be_saved():
    assert not storage_state.is_database_read_only()
    assert connection.vendor == "sqlite" or storage_state.sqlite_file() is None
