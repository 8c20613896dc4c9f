"""The times of the ledger never run backwards, whenever an action asked the clock."""

from datetime import timedelta

import pytest

from claims.actions import batch_rescoring, publish_record
from claims.models import Entry, Evidence
from tests.actions.desk import contradicted, ready
from tests.factories import NOW, EvidenceFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def times():
    return list(Entry.objects.order_by("number").values_list("at", flat=True))


def published(publisher, now):
    report = ready(EvidenceFactory, in_review=True)
    publish_record(report, by=publisher, now=now, reason="Read in the source.")
    return Evidence.objects.get(pk=report.pk)


def test_an_action_that_waited_for_its_turn_is_told_at_the_time_of_the_one_before_it(publisher):
    published(publisher, LATER)
    late = published(publisher, NOW)  # it asked the clock first, and wrote second
    assert times() == sorted(times())
    assert Entry.objects.filter(subject=late.slug).latest("number").at == LATER


def test_a_clock_that_was_set_back_is_believed(publisher):
    """Otherwise all entries would bear the time of the wrong clock until the right one came to it."""
    published(publisher, NOW + timedelta(days=5))
    assert published(publisher, NOW)
    assert times()[-1] == NOW


def test_a_batch_that_is_scored_at_its_end_with_the_time_of_its_beginning(publisher):
    contradicted()
    with batch_rescoring(now=NOW):
        published(publisher, LATER)
        claim = contradicted()
    assert Entry.objects.filter(subject__startswith=claim.slug).exists()
    assert times() == sorted(times())
