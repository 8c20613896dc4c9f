"""The demo as a newcomer types it: in a process of its own, in a folder of its own, with nothing configured."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.core.management import CommandError, call_command

from claims.management.demo_site import ACCOUNTS, MARK, PASSWORD

pytestmark = pytest.mark.own_database

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def environment(folder, **more):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    blank = dict.fromkeys(["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "DEMO", "DEBUG"], "")
    del blank["DEMO"]
    return {**kept, **blank, "DATA_DIR": str(folder), "PYTHONUTF8": "1", **more}


def manage(folder, *args, **more):
    return subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=BASE_DIR, env=environment(folder, **more), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def first_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    return folder, manage(folder, "demo", "--no-serve")


@pytest.fixture
def made(first_run, tmp_path):
    """A folder in which the demo has run once."""
    shutil.copytree(first_run[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def rows(folder, query, *values, name="demo.sqlite3"):
    with closing(sqlite3.connect(folder / name)) as database, database:
        return database.execute(query, values).fetchall()


def counts(folder):
    tables = ["claims_statement", "claims_claim", "claims_evidence", "claims_evidencelink", "claims_rating",
              "claims_searchnote", "claims_snapshot", "claims_claimgap", "auth_user"]  # fmt: skip
    return {table: rows(folder, f"SELECT count(*) FROM {table}")[0][0] for table in tables}


# What it prints ---------------------------------------------------------------------------------------------------


def test_the_first_run_prints_the_claims_as_an_aligned_table(first_run):
    result = first_run[1]
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    heading, claims = lines[0], lines[1:23]
    assert heading.split() == ["gap", "range", "verdict", "who", "claim"]
    assert lines[23] == ""
    columns = [heading.index(name) for name in ("verdict", "who", "claim")]
    assert all(line[column - 1] == " " and line[column] != " " for line in claims for column in columns)
    assert [line.split()[-1] for line in claims if "Antony Blinken" in line][
        5
    ] == "humanitarian-assistance-increased"


def test_a_claim_without_a_verdict_has_a_dash_and_no_interval(first_run):
    lines = {line.split()[-1]: line for line in first_run[1].stdout.splitlines()[1:23]}
    assert lines["humanitarian-assistance-increased"].split()[:2] == ["67.6", "30–95"]
    assert "tentative" in lines["humanitarian-assistance-increased"]
    for slug in (
        "isis-turns-to-city-attacks",
        "extremist-propaganda-countered",
        "better-prepared-against-isis",
    ):
        assert lines[slug].split()[0] == "—"
        assert not any(letter.isdigit() for letter in lines[slug])


def test_progress_is_told_apart_from_the_table(first_run):
    assert "making" in first_run[1].stderr
    assert "loading syria.json" in first_run[1].stderr


def test_the_other_commands_work_on_it_afterwards(first_run):
    folder = first_run[0]
    shown = manage(folder, "gap", "no-sanction-lifted")
    assert shown.returncode == 0
    assert "speaking of the demo's database" in shown.stderr
    assert "gap 80.43" in shown.stdout
    assert manage(folder, "rescore", "--check").stdout == "All 22 claims in step with the evidence.\n"
    assert "every public record holds" in manage(folder, "verify_ledger").stdout


# Again ------------------------------------------------------------------------------------------------------------


def test_running_it_again_neither_duplicates_nor_loses(made):
    before = counts(made)
    assert (before["claims_claim"], before["claims_evidence"], before["auth_user"]) == (
        22,
        135 + 1,
        3,
    )  # one waits on the desk
    assert manage(made, "demo", "--no-serve").returncode == 0
    assert counts(made) == before


def test_what_a_visitor_changed_is_still_there_the_next_time(made):
    rows(made, "INSERT INTO claims_topic (name, slug, about, translations) VALUES ('Mine', 'mine', '', '{}')")
    rows(made, "UPDATE claims_evidence SET detail = 'Mine' WHERE slug = 'shelling-of-ariha'")
    assert manage(made, "demo", "--no-serve").returncode == 0
    assert rows(made, "SELECT name FROM claims_topic WHERE slug = 'mine'") == [("Mine",)]
    assert rows(made, "SELECT detail FROM claims_evidence WHERE slug = 'shelling-of-ariha'") == [("Mine",)]


def test_what_got_lost_is_loaded_again(made):
    rows(made, "DELETE FROM claims_searchnote")
    assert manage(made, "demo", "--no-serve").returncode == 0
    assert counts(made)["claims_searchnote"] == 86


def test_newer_fixtures_are_loaded_over_the_older_ones(made):
    rows(made, "UPDATE claims_topic SET name = 'Old name' WHERE slug = 'isis'")
    rows(made, "PRAGMA user_version = 1")
    assert manage(made, "demo", "--no-serve").returncode == 0
    assert rows(made, "SELECT count(*) FROM claims_topic WHERE name = 'Old name'") == [(0,)]


def test_one_whose_ledger_tells_another_past_than_newer_fixtures_is_kept_aside(made):
    rows(made, "PRAGMA user_version = 1")
    rows(made, "DROP TRIGGER claims_entry_no_UPDATE")
    rows(made, "UPDATE claims_entry SET hash = '-' || substr(hash, 2) WHERE number = 1")
    result = manage(made, "demo", "--no-serve")
    assert result.returncode == 0, result.stderr
    assert "of another version; keeping it as demo.old.sqlite3" in result.stderr


def test_a_database_of_another_version_is_kept_aside_and_made_anew(made):
    rows(made, "PRAGMA user_version = 1")
    rows(made, "ALTER TABLE claims_speaker RENAME COLUMN url TO home")
    result = manage(made, "demo", "--no-serve")
    assert result.returncode == 0, result.stderr
    assert "of another version; keeping it as demo.old.sqlite3" in result.stderr
    assert counts(made)["claims_claim"] == 22
    assert rows(made, "SELECT count(home) FROM claims_speaker", name="demo.old.sqlite3") == [(7,)]


def test_a_run_that_was_cut_short_is_finished(tmp_path):
    rows(tmp_path, f"PRAGMA application_id = {MARK}")
    assert manage(tmp_path, "demo", "--no-serve").returncode == 0
    assert counts(tmp_path)["claims_claim"] == 22


# Only on its own database -----------------------------------------------------------------------------------------


def test_a_database_that_holds_anything_else_is_left_alone(tmp_path):
    rows(tmp_path, "CREATE TABLE mine (words TEXT)")
    before = (tmp_path / "demo.sqlite3").read_bytes()
    result = manage(tmp_path, "demo", "--no-serve")
    assert result.returncode == 2
    assert "holds something that the demo did not make" in result.stderr
    assert "Traceback" not in result.stderr
    assert (tmp_path / "demo.sqlite3").read_bytes() == before


def test_records_of_a_site_are_left_alone_under_any_name(made, tmp_path):
    rows(made, "PRAGMA application_id = 0")  # as a copied deployment's file would be
    before = (made / "demo.sqlite3").read_bytes()
    assert manage(made, "demo", "--no-serve").returncode == 2
    assert (made / "demo.sqlite3").read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    (tmp_path / "demo.sqlite3").write_text("my notes " * 200)
    result = manage(tmp_path, "demo", "--no-serve")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert (tmp_path / "demo.sqlite3").read_text() == "my notes " * 200


DEPLOYED = {
    "SECRET_KEY": "K7mQp2vXs9dRf4hTj6wLz8nBc3gYa5eUoI1xVtWqErZkMyNb-_HdGsJf",
    "ALLOWED_HOSTS": "tracker.example.org",
}


def test_beside_a_deployment_the_demo_still_uses_its_own_database(made):
    site = made / "site.sqlite3"
    assert manage(made, "demo", "--no-serve", **DEPLOYED, DATABASE_URL=f"sqlite:///{site}").returncode == 0
    assert not site.exists()


def test_told_to_use_a_deployments_settings_it_refuses(tmp_path):
    refused = manage(tmp_path, "demo", "--no-serve", **DEPLOYED, DEMO="0")
    assert refused.returncode == 2
    assert "never on this site's" in refused.stderr
    assert list(tmp_path.glob("*.sqlite3*")) == []


@pytest.mark.django_db
def test_settings_of_a_site_are_refused(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="a database of its own") as refused:
        call_command("demo", no_serve=True)
    assert refused.value.returncode == 2


# Serving ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def taken():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_told_before_the_work_and_another_is_offered(tmp_path, taken):
    result = manage(tmp_path, "demo", "--port", str(taken))
    assert result.returncode == 1
    assert f"Port {taken} is taken" in result.stderr
    assert f"--port {taken + 1}" in result.stderr
    assert not (tmp_path / "demo.sqlite3").exists()


@pytest.mark.parametrize("port", ["65536", "-1"])
def test_a_port_that_does_not_exist_is_refused(tmp_path, port):
    result = manage(tmp_path, "demo", f"--port={port}")
    assert result.returncode == 2
    assert "a number from 1 to 65535" in result.stderr


@pytest.fixture
def served(made):
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "demo", "--port", "0"],
        cwd=BASE_DIR, env=environment(made), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    site = next(line.split()[-1] for line in process.stdout if line.startswith("In the browser:"))
    yield process, site
    process.kill()
    process.communicate()


def answer(browser, address, data=None):
    """Waits for the server to come up."""
    for _ in range(100):
        try:
            with browser.open(address, data, timeout=20) as page:
                return page.geturl(), page.read().decode()
        except ConnectionError:
            time.sleep(0.1)
    raise URLError("the demo does not answer")


def test_it_serves_its_pages_and_their_style(served):
    browser, site = build_opener(), served[1]
    assert "Blinken" in answer(browser, site)[1]
    assert "humanitarian-assistance-increased" in answer(browser, f"{site}claims/")[1]
    assert answer(browser, f"{site}static/admin/css/base.css")[1]


def test_every_demo_account_can_sign_in_at_the_desk(served):
    site = served[1]
    for name in ACCOUNTS:
        cookies = CookieJar()
        browser = build_opener(HTTPCookieProcessor(cookies))
        answer(browser, f"{site}admin/login/")
        token = next(cookie.value for cookie in cookies if "csrf" in cookie.name)
        form = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/admin/"}
        assert answer(browser, f"{site}admin/login/", urlencode(form).encode())[0] == f"{site}admin/"


def test_ctrl_c_ends_it_quietly(served):
    process, site = served
    answer(build_opener(), site)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.endswith("Stopped.\n")
    assert "Traceback" not in errors
