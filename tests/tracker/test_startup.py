import sys
from subprocess import PIPE, Popen

import pytest

from tests.tracker.conftest import GOOD_KEY
from tracker.startup import BASE_DIR, choose_deployment


def test_without_configuration_the_site_refuses_in_one_paragraph(run):
    result = run("manage.py", "check")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("The site can't start. SECRET_KEY is not set.")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("module", ["tracker.wsgi", "tracker.asgi"])
def test_a_server_that_loads_the_site_gets_the_same_paragraph(run, module):
    result = run("-c", f"import {module}", SECRET_KEY=GOOD_KEY)
    assert result.returncode == 2
    assert result.stderr.startswith("The site can't start. ALLOWED_HOSTS is empty.")


def test_a_deployment_starts_with_a_key_and_hosts_alone(deployed):
    result = deployed("check", "--deploy", "--fail-level", "WARNING")
    assert result.stderr == ""
    assert result.returncode == 0


def test_the_deployment_check_can_fail(deployed):
    assert deployed("check", "--deploy", "--fail-level", "WARNING", HSTS_SECONDS="0").returncode == 1


@pytest.mark.parametrize("command", ["demo", "read_article", "score_dossier"])
def test_the_demo_touches_no_deployment(tmp_path, command):
    environ = {"DATABASE_URL": "postgres://deployment"}
    choose_deployment(command, environ, tmp_path)
    assert environ["DEMO"] == "1"


def test_who_says_demo_off_is_heard(tmp_path):
    environ = {"DEMO": "0"}
    choose_deployment("demo", environ, tmp_path)
    assert environ == {"DEMO": "0"}


@pytest.fixture
def played_demo(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "demo.sqlite3").touch()
    return tmp_path


@pytest.mark.parametrize("command", ["gap", "rescore"])
def test_after_the_demo_its_database_is_read_and_named(played_demo, capsys, command):
    environ: dict[str, str] = {}
    choose_deployment(command, environ, played_demo)
    assert environ == {"DEMO": "1"}
    assert capsys.readouterr().err == "speaking of the demo's database, var/demo.sqlite3\n"


@pytest.mark.parametrize("command", ["migrate", "shell", "loaddata", ""])
def test_other_commands_never_fall_back_to_the_demo(played_demo, command):
    environ: dict[str, str] = {}
    choose_deployment(command, environ, played_demo)
    assert environ == {}


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "DEMO"])
def test_a_configured_site_never_falls_back_to_the_demo(played_demo, capsys, name):
    environ = {name: "something"}
    choose_deployment("rescore", environ, played_demo)
    assert environ == {name: "something"}
    assert capsys.readouterr().err == ""


def test_a_site_configured_by_file_never_falls_back_to_the_demo(played_demo):
    (played_demo / ".env").touch()
    environ: dict[str, str] = {}
    choose_deployment("rescore", environ, played_demo)
    assert environ == {}


def test_without_a_demo_there_is_nothing_to_fall_back_to(tmp_path):
    environ: dict[str, str] = {}
    choose_deployment("gap", environ, tmp_path)
    assert environ == {}


def test_a_reader_who_stops_reading_sees_no_traceback():
    command = [sys.executable, "manage.py", "score_dossier", "tests/domain/method-vectors.json"]
    with Popen(command, cwd=BASE_DIR, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
