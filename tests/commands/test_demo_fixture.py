"""`manage.py demo --fixture FILE` shows somebody's own dossier, alone, and again after each edit."""

import json

import pytest

from tests.commands.bridge_dossier import BLOCK, bridge
from tests.commands.test_demo import manage, rows

pytestmark = pytest.mark.own_database

DATABASE = "demo-bridge.sqlite3"


def run(folder, text=None):
    if text is not None:
        (folder / "bridge.json").write_text(text, encoding="utf-8")
    return manage(folder, "demo", "--no-serve", "--fixture", str(folder / "bridge.json"))


def test_a_dossier_is_shown_alone_and_again_after_an_edit(tmp_path):
    shown = run(tmp_path, BLOCK)
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert [line.split()[-1] for line in lines[:2]] == ["claim", "bridge-open"]
    assert "demo --fixture" in lines[-1]
    assert not (tmp_path / "demo.sqlite3").exists()
    accounts = rows(tmp_path, "SELECT username FROM auth_user ORDER BY username", name=DATABASE)
    assert [name for (name,) in accounts] == ["ann", "ben", "editor", "publisher", "reviewer"]

    assert "making" not in run(tmp_path).stderr
    edited = run(tmp_path, json.dumps(bridge("claims.speaker", {"name": "The deputy mayor"})))
    assert "making" in edited.stderr
    assert "The deputy mayor" in edited.stdout

    refused = run(tmp_path, json.dumps(bridge("claims.claim", {"quote": "The tunnel is open"})))
    assert refused.returncode == 2
    assert "claim “bridge-open”, field quote: These words do not stand" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / DATABASE).exists()


def test_a_database_that_holds_anything_else_is_left_alone(tmp_path):
    rows(tmp_path, "CREATE TABLE mine (words TEXT)", name=DATABASE)
    before = (tmp_path / DATABASE).read_bytes()
    refused = run(tmp_path, BLOCK)
    assert refused.returncode == 2
    assert "holds something that the demo did not make" in refused.stderr
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_file_that_is_not_there_is_told(tmp_path):
    refused = run(tmp_path)
    assert refused.returncode == 2
    assert "bridge.json: there is no such file." in refused.stderr


def test_a_file_is_checked_with_nothing_configured(tmp_path):
    (tmp_path / "bridge.json").write_text(BLOCK, encoding="utf-8")
    checked = manage(tmp_path, "check_fixture", str(tmp_path / "bridge.json"))
    assert checked.stdout == "17 record(s) and no fault; nothing was stored.\n"
    assert list(tmp_path.glob("*.sqlite3")) == []
