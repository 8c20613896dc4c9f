"""`manage.py upgrade` closes a site, brings its data to this version and opens it once the server has restarted."""

import pytest
from django.core.management import CommandError, call_command

from claims.actions import rescoring
from claims.models import Speaker
from tests.actions.desk import contradicted

FAILED = "The site stays closed. Run this command again once the cause is mended"


@pytest.fixture
def notice(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return settings.MAINTENANCE_FILE


def test_a_new_site_is_set_up_by_it_and_closed_until_the_server_has_restarted(deployed, tmp_path):
    notice = tmp_path / "maintenance"
    result = deployed("upgrade", "--restart", f"cp {notice} {tmp_path}/seen")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "seen").read_text() == "The software is being upgraded.\n"
    assert result.stdout.endswith("The data is upgraded, and the site is open.\n")
    assert not notice.exists()


@pytest.mark.django_db
def test_without_a_way_to_restart_the_server_it_stays_closed_and_says_how_to_open_it(notice, capsys):
    contradicted()
    call_command("upgrade")
    told = capsys.readouterr().out
    assert "1 claim scored as of" in told
    assert "and every public record holds. Keep this head elsewhere:" in told
    assert told.endswith(f"Restart the server, and then open the site:\nrm {notice}\n")
    assert notice.exists()


@pytest.mark.django_db
def test_a_site_that_its_operator_has_closed_is_left_to_the_operator(notice, capsys):
    notice.write_text("Back at noon.")
    call_command("upgrade", restart="true")
    assert capsys.readouterr().out.endswith(
        f"You closed the site yourself, so it is still closed. Open it:\nrm {notice}\n"
    )
    assert notice.read_text() == "Back at noon."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("restart", "why"),
    [("false", "false ended with exit status 1."), ("/no/such/program", "/no/such/program can't be started")],
)
def test_a_server_that_cannot_be_restarted_leaves_the_site_closed(notice, restart, why):
    with pytest.raises(CommandError) as failure:
        call_command("upgrade", restart=restart)
    assert str(failure.value).startswith(why)
    assert f"The upgrade failed at “Restart the server”. {FAILED}" in str(failure.value)
    assert notice.exists()


def test_a_quotation_mark_too_few_is_told_before_anything_is_done(notice):
    with pytest.raises(CommandError, match="--restart: the command can't be read"):
        call_command("upgrade", restart="systemctl 'restart tracker")
    assert not notice.exists()


@pytest.mark.django_db
def test_a_ledger_that_does_not_hold_leaves_the_site_closed(notice):
    speaker = contradicted().statement.speaker
    Speaker.objects.filter(pk=speaker.pk).update(name="Somebody else")
    with pytest.raises(CommandError, match="The upgrade failed at “Verify the ledger”"):
        call_command("upgrade", restart="true")
    assert notice.exists()


@pytest.mark.django_db
def test_what_was_written_past_the_desk_is_adopted_where_the_operator_says_why(notice, capsys):
    speaker = contradicted().statement.speaker
    Speaker.objects.filter(pk=speaker.pk).update(name="Somebody else")
    call_command("upgrade", restart="true", adopt="Imported by hand.")
    assert "Entered 1 change that had been made past the desk." in capsys.readouterr().out
    assert not notice.exists()


@pytest.mark.django_db
def test_ctrl_c_says_how_to_go_on(notice, monkeypatch):
    contradicted()
    monkeypatch.setattr(rescoring, "compute_gaps", interrupted)
    with pytest.raises(CommandError, match="Score every claim") as failure:
        call_command("upgrade", restart="true")
    assert failure.value.returncode == 130
    assert notice.exists()


def interrupted(*_args, **_kwargs):
    raise KeyboardInterrupt
