"""A fixture cannot count one report twice on a claim, unless an editor says why two reports differ."""

import json

import pytest
from django.db import transaction

from claims.actions import record_outside_changes
from claims.management.commands.loaddata import FixtureFaults
from claims.models import Claim, Evidence
from tests import factories as f
from tests.commands.bridge_dossier import bridge, drafts, fields_of
from tests.commands.fixture_files import check, dump, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def with_the_report_again(records, *, slug="cars-turned-back-again", **fields):
    """The records, with a second link of the claim, to a report at the address of its first one."""
    again = json.loads(json.dumps(fields_of(records, "claims.evidence")))
    again |= {
        "slug": slug,
        "summary": "No car got across.",
        "url": "http://www.city-radio.example/police/?utm_source=x",
    }
    link = json.loads(json.dumps(fields_of(records, "claims.evidencelink")))
    link |= {"evidence": [slug], **fields}
    return [
        *records, {"model": "claims.evidence", "fields": again}, {"model": "claims.evidencelink", "fields": link}
    ]  # fmt: skip


def test_a_report_that_would_count_twice_on_a_claim_is_refused_in_the_words_of_the_form(folder):
    twice = with_the_report_again(drafts())
    (line,) = faults(folder, twice, "loaddata")
    assert line == (
        "mine.json, evidencelink “bridge-open/cars-turned-back-again”, field distinct_reason: This report may be "
        "“Police turned cars back at the bridge.”, which is linked to the claim already: the same address. If it is "
        "another report, say why."
    )
    assert faults(folder, twice) == [line]


def test_two_reports_of_one_page_load_once_an_editor_says_why_they_differ(folder):
    check(folder, with_the_report_again(drafts(), distinct_reason="The page tells of both days."), "loaddata")
    assert Claim.objects.get().links.count() == 3


def test_of_many_that_repeat_a_report_each_later_one_is_named(folder):
    thrice = with_the_report_again(with_the_report_again(drafts()), slug="third")
    assert [line.partition(",")[2].partition(",")[0] for line in faults(folder, thrice)] == [
        " evidencelink “bridge-open/cars-turned-back-again”", " evidencelink “bridge-open/third”"
    ]  # fmt: skip


def test_a_file_cannot_repeat_a_report_that_the_site_has_on_the_claim(folder):
    check(folder, drafts(), "loaddata")
    with pytest.raises(FixtureFaults, match="which is linked to the claim already: the same address"):
        check(folder, with_the_report_again(drafts())[-2:], "loaddata")
    assert Claim.objects.get().links.count() == 2


def test_a_report_that_readers_saw_counted_twice_stands_and_is_listed(folder):
    with transaction.atomic():
        check(folder, bridge(), "loaddata")
        Evidence.objects.update(url="https://city-radio.example/police")
        record_outside_changes(now=f.NOW, reason="As of old.", with_gone=True)
        older = dump()
        transaction.set_rollback(True)
    assert "evidencelink “bridge-open/ferry-still-needed”, field distinct_reason: This report may" in check(
        folder, older
    )
    without_links = [r for r in older if r["model"] not in ("claims.entry", "claims.snapshot")]
    assert "field distinct_reason" in "\n".join(faults(folder, without_links))
