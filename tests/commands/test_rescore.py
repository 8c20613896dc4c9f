"""The nightly scoring: complete, safe to stop, and able to prove that it was done."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.actions import record_outside_changes, rescoring
from claims.models import Claim, ClaimGap, PublicClaim, Rating, Source
from claims.selectors import gap_store
from tests.factories import ClaimFactory, EvidenceLinkFactory

pytestmark = pytest.mark.django_db


def run(*args, stderr=None):
    out = StringIO()
    call_command("rescore", *args, stdout=out, stderr=stderr or StringIO())
    return out.getvalue()


def contradicted(**link):
    return EvidenceLinkFactory(published=True, stance=-2, **link).claim


class Terminal(StringIO):
    def isatty(self):
        return True


def test_it_says_how_many_claims_were_scored_and_which_states_changed():
    claim = contradicted()
    ClaimFactory(published=True)
    run()
    ClaimGap.objects.filter(claim=claim).update(state="stale")
    told = run()
    assert f"2 claims scored as of {timezone.localdate()}. States that changed: 1." in told
    assert f"  {claim.slug}: Evidence out of date → Too little evidence" in told


def test_a_claim_scored_for_the_first_time_is_told_as_such():
    claim = contradicted()
    assert f"{claim.slug}: never scored → Too little evidence" in run()


def test_running_it_twice_changes_nothing():
    contradicted()
    run()
    before = list(ClaimGap.objects.values())
    assert "States that changed: 0." in run()
    assert list(ClaimGap.objects.values()) == before


def test_without_claims_it_says_so():
    assert run().startswith("0 claims scored")
    assert run("--check") == "All 0 claims in step with the evidence.\n"


def test_the_check_passes_where_every_stored_gap_is_in_step():
    contradicted()
    run()
    assert run("--check") == "All 1 claim in step with the evidence.\n"


def test_the_check_names_what_a_bulk_write_left_behind():
    behind, in_step = contradicted(), contradicted()
    run()
    Rating.objects.filter(link__claim=behind).update(stance=2)
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 claims out of step") as refused:
        call_command("rescore", "--check", stdout=out)
    assert refused.value.returncode == 1
    assert out.getvalue().startswith(f"{behind.slug}: ")
    assert in_step.slug not in out.getvalue()


@pytest.mark.parametrize("command", [("rescore", "--check"), ("verify_ledger",)])
def test_the_check_names_a_row_of_a_list_that_is_wrong(command):
    contradicted()
    run()
    record_outside_changes(now=timezone.now(), reason="Loaded.")
    PublicClaim.objects.update(kind="denial")
    out = StringIO()
    with pytest.raises(CommandError, match=r"rows by which lists are made .* manage.py migrate") as refused:
        call_command(*command, stdout=out, stderr=StringIO())
    assert refused.value.returncode == 1
    assert "claims_publicclaim: the row (claim_id " in out.getvalue()


def test_the_check_names_what_was_never_scored():
    claim = contradicted()
    with pytest.raises(CommandError):
        run("--check")
    run()
    ClaimGap.objects.filter(claim=claim).delete()
    with pytest.raises(CommandError):
        run("--check")


def test_the_check_sees_a_regraded_source():
    claim = contradicted()
    run()
    Source.objects.filter(evidence__links__claim=claim).update(reliability="D")
    with pytest.raises(CommandError):
        run("--check")


def test_the_check_changes_nothing():
    claim = contradicted()
    run()
    ClaimGap.objects.filter(claim=claim).update(gap=50.5)
    with pytest.raises(CommandError):
        run("--check")
    assert ClaimGap.objects.get().gap == 50.5


def test_a_gap_of_yesterday_is_in_step_with_yesterday():
    claim = contradicted()
    run()
    yesterday = timezone.localdate() - timedelta(days=1)
    ClaimGap.objects.filter(claim=claim).update(as_of=yesterday)
    assert "in step" in run("--check")


@pytest.fixture
def stopped_at_the_third(monkeypatch):
    """Batches of one claim; Ctrl-C comes while the third is scored."""
    monkeypatch.setattr(gap_store, "BATCH", 1)
    whole, calls = rescoring._store_gaps, []

    def store(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(rescoring, "_store_gaps", store)


def test_stopped_in_the_middle_it_keeps_what_is_done_and_asks_to_be_run_again(stopped_at_the_third):
    for _ in range(4):
        contradicted()
    with pytest.raises(CommandError, match=r"2 of 4 claims scored .* Run it again") as stopped:
        run()
    assert stopped.value.returncode == 130
    assert ClaimGap.objects.count() == 2
    assert run().startswith("4 claims scored")
    assert "All 4 claims" in run("--check")


def test_on_a_terminal_one_line_tells_how_far_it_is():
    contradicted()
    terminal = Terminal()
    run(stderr=terminal)
    assert terminal.getvalue() == "\rscoring 1 of 1\n"


def test_in_a_pipe_there_is_no_progress():
    contradicted()
    pipe = StringIO()
    run(stderr=pipe)
    assert pipe.getvalue() == ""


def test_it_scores_drafts_too_so_that_none_is_published_unscored():
    draft = ClaimFactory()
    run()
    assert Claim.objects.get(pk=draft.pk).gap.state == "no_evidence"
