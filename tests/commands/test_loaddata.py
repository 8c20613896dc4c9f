"""A load of fixtures leaves no stored gap behind its evidence, and is otherwise Django's own."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import CommandError, call_command
from django.test import TestCase

from claims.ledger.verification import ledger_faults
from claims.management.commands import loaddata
from claims.models import Claim, ClaimGap, Entry, Evidence, Snapshot
from claims.selectors.gap_store import stale_gaps
from tests.actions.desk import contradicted
from tests.factories import (
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SpeakerFactory,
    TopicFactory,
)
from tests.syria import FIXTURE


def load(*records, folder, **options):
    path = folder / "records.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    call_command("loaddata", path, verbosity=0, **options)


def rating_of(link, rater, stance):
    fields = {"link": list(link.natural_key()), "rater": [rater.username], "stance": stance}
    return {"model": "claims.rating", "fields": fields}


@pytest.mark.django_db
def test_every_claim_of_a_fixture_is_scored_and_in_step():
    out = StringIO()
    call_command("loaddata", FIXTURE, stdout=out)
    assert "Scored 22 claim(s)" in out.getvalue()
    assert ClaimGap.objects.count() == 22
    assert list(stale_gaps(Claim.objects.all())) == []


@pytest.mark.django_db
def test_a_grade_changed_by_a_fixture_moves_the_stored_gap(tmp_path):
    link = EvidenceLinkFactory(published=True, stance=-2)
    load(*(rating_of(link, rating.rater, +2) for rating in link.ratings.all()), folder=tmp_path)
    assert link.claim.gap.gap == pytest.approx(100 / 3)
    assert list(stale_gaps(Claim.objects.all())) == []


@pytest.mark.django_db
def test_a_stored_gap_that_a_fixture_brings_along_is_not_believed(tmp_path):
    link = EvidenceLinkFactory(published=True, stance=-2)
    call_command("loaddata", FIXTURE, verbosity=0)
    false = {
        "as_of": "2026-11-22", "method": "gap-beta/1.0", "gap": 1.0, "low": 0.0, "high": 2.0, "doubt": 2.0,
        "state": "matches", "tentative": False, "contradicting": 0.0, "supporting": 9.0, "publishers_for": 9,
        "headline": 1.0,
    }  # fmt: skip
    load({"model": "claims.claimgap", "pk": link.claim.pk, "fields": false}, folder=tmp_path)
    assert ClaimGap.objects.get(claim=link.claim).gap == pytest.approx(200 / 3)


@pytest.mark.django_db
def test_loading_twice_says_nothing_new():
    """Neither of any claim nor, therefore, in the ledger."""
    counts = []
    for _ in range(2):
        call_command("loaddata", FIXTURE, verbosity=0)
        counts.append([model.objects.count() for model in (Evidence, Snapshot, Entry)])
    assert counts[0] == counts[1]
    assert counts[0][0] == 135
    assert not list(ledger_faults())


@pytest.mark.django_db
def test_a_fixture_that_breaks_halfway_leaves_neither_records_nor_gaps(tmp_path):
    rating = EvidenceLinkFactory(published=True, stance=-2).ratings.first()
    call_command("rescore", stdout=StringIO())
    with pytest.raises(loaddata.FixtureFaults, match="There is no evidence link “no/such”"):
        load(
            rating_of(rating.link, rating.rater, +2),
            {"model": "claims.rating", "fields": {"link": ["no", "such"]}},
            folder=tmp_path,
        )
    rating.refresh_from_db()
    assert rating.stance == -2
    assert ClaimGap.objects.get().gap == pytest.approx(200 / 3)


@pytest.mark.django_db
def test_if_the_scoring_fails_nothing_is_loaded(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(loaddata, "rescore_claims", fail)
    with pytest.raises(RuntimeError):
        call_command("loaddata", FIXTURE, verbosity=0)
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_a_fixture_of_another_app_scores_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(loaddata, "rescore_claims", lambda *a, **k: pytest.fail("scored without need"))
    load({"model": "auth.group", "fields": {"name": "guests"}}, folder=tmp_path)
    assert Group.objects.filter(name="guests").exists()


@pytest.mark.django_db
def test_records_left_out_by_exclude_score_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(loaddata, "rescore_claims", lambda *a, **k: pytest.fail("scored without need"))
    topic = TopicFactory.build(slug="aid")
    record = {"model": "claims.topic", "fields": {"slug": topic.slug, "name": topic.name}}
    load(record, folder=tmp_path, exclude=["claims"])


class FixturesOfDjangosOwnTests(TestCase):
    fixtures = ["syria"]

    def test_are_loaded_by_name_and_scored(self):
        assert ClaimGap.objects.count() == 22
        assert list(stale_gaps(Claim.objects.all())) == []


@pytest.mark.django_db
def test_reports_and_names_that_may_be_entered_twice_are_named_and_loaded(tmp_path, capsys):
    first = EvidenceFactory(url="https://reports.example/1")
    namesake = SpeakerFactory(name="The Army")
    file = tmp_path / "twins.json"
    rows = json.loads(serializers.serialize("json", [first, namesake], use_natural_primary_keys=True))
    rows[0]["fields"] |= {"slug": "again", "url": "https://www.reports.example/1?fbclid=x"}
    rows[1]["fields"] |= {"slug": "the-army-again", "name": "The army"}
    for row in rows:
        row.pop("pk", None)
    file.write_text(json.dumps(rows))
    call_command("loaddata", str(file), verbosity=0)
    told = capsys.readouterr().err
    assert f"evidence again may be {first.slug}, entered twice: the same address, the same words." in told
    assert f"speaker the-army-again may be {namesake.slug}, entered twice: the same name." in told
    assert Evidence.objects.filter(slug="again").exists()


# A verdict that readers see


def correction_of(claim, by):
    fields = {
        "slug": "trucks", "claim": [claim.slug], "kind": "correction", "what_was_wrong": "We misread the report.",
        "effect": "Mostly contradicted becomes Too little evidence.", "corrected_on": "2026-11-22",
        "corrected_by": [by.username],
    }  # fmt: skip
    return {"model": "claims.correction", "fields": fields}


@pytest.mark.django_db
def test_a_fixture_that_turns_a_published_verdict_brings_its_notice(tmp_path):
    claim = contradicted()
    ratings = list(claim.links.first().ratings.all())
    changed = [rating_of(rating.link, rating.rater, 2) for rating in ratings]
    with pytest.raises(CommandError, match=f"{claim.slug}: .* becomes .*\nAdd a claims.correction"):
        load(*changed, folder=tmp_path)
    assert ratings[0].link.ratings.first().stance == -2
    load(*changed, correction_of(claim, ratings[0].rater), folder=tmp_path)
    assert claim.corrections.get().what_was_wrong == "We misread the report."
    assert not list(ledger_faults())


@pytest.mark.django_db
def test_an_old_notice_does_not_answer_for_a_new_turn(tmp_path):
    claim = contradicted()
    CorrectionFactory(claim=claim)
    ratings = claim.links.first().ratings.all()
    with pytest.raises(CommandError, match="turns verdicts that readers see"):
        load(*(rating_of(rating.link, rating.rater, 2) for rating in ratings), folder=tmp_path)
