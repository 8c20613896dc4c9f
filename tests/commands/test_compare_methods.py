"""Before a release that changes the method: which published verdicts it would move, from where to where."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import ClaimGap, Entry
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory, SourceFactory

pytestmark = pytest.mark.django_db


def compare(*args: str) -> list[str]:
    out = StringIO()
    call_command("compare_methods", *args, stdout=out)
    return out.getvalue().splitlines()


def contradicted_twice(*, publishers: int):
    """A claim with two events against it, reported by so many publishers."""
    claim = ClaimFactory(published=True)
    sources = [SourceFactory(reliability="A") for _ in range(publishers)]
    for n in range(2):
        report = EvidenceFactory(published=True, source=sources[n % publishers], credibility=1)
        EvidenceLinkFactory(published=True, claim=claim, evidence=report, stance=-2)
    return claim


def test_a_verdict_that_one_publisher_carried_is_named_with_what_becomes_of_it():
    lone, firm = contradicted_twice(publishers=1), contradicted_twice(publishers=2)
    told = compare()
    assert f"{lone.slug}: Mostly contradicted (tentative), 75.0 → Too little evidence" in told
    assert told[-1] == "1 of 2 published verdicts differ between gap-beta/1.0 and gap-beta/2.0."
    assert firm.slug not in " ".join(told)


def test_nothing_is_written():
    contradicted_twice(publishers=1)
    before = (ClaimGap.objects.count(), Entry.objects.count())
    compare()
    assert (ClaimGap.objects.count(), Entry.objects.count()) == before


def test_the_same_method_moves_nothing():
    contradicted_twice(publishers=1)
    assert compare("--old", "gap-beta/2.0")[-1].startswith("0 of 1")


def test_a_method_that_does_not_exist_is_refused_with_the_names_of_those_that_do():
    with pytest.raises(
        CommandError, match=r"no method “gap/9”\. Choose one of: gap-beta/1\.0, gap-beta/2\.0"
    ):
        compare("--old", "gap/9")
