"""A regraded publisher: scores of earlier days stay what they were, unless the editor dates the new grade."""

from datetime import date, timedelta

import pytest

from claims.actions import accept_proposal
from claims.models import Source, SourceGrade
from claims.selectors.dossiers import build_dossiers, score_claim
from tests.actions.desk import known, propose
from tests.factories import NOW, EvidenceFactory, EvidenceLinkFactory, SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

TODAY, YESTERDAY = NOW.date(), NOW.date() - timedelta(days=1)


@pytest.fixture
def link():
    source = SourceFactory(reliability="A", reliability_reason="Held up.")
    report = EvidenceFactory(published=True, source=source, credibility=1, known="2021-10-20")
    return known(EvidenceLinkFactory(published=True, evidence=report, stance=-2))


def regrade(source, writer, publisher, **changes):
    proposal = propose(Source.objects.get(pk=source.pk), writer, **changes)
    accept_proposal(proposal, by=publisher, now=NOW)
    return Source.objects.get(pk=source.pk)


def mass_on(link, day):
    return score_claim(link.claim, day).contradicting


def test_a_new_grade_holds_from_today_and_earlier_days_keep_the_old_one(link, writer, publisher):
    before = mass_on(link, YESTERDAY)
    source = regrade(link.evidence.source, writer, publisher, reliability="C", reliability_reason="It erred.")
    assert source.graded_from == TODAY
    assert mass_on(link, YESTERDAY) == before
    assert mass_on(link, TODAY) == before / 2
    [earlier] = SourceGrade.objects.all()
    assert (earlier.reliability, earlier.reason, earlier.start, earlier.end) == ("A", "Held up.", None, TODAY)


def test_an_editor_may_date_the_new_grade(link, writer, publisher):
    regrade(link.evidence.source, writer, publisher, reliability="C", graded_from=date(2022, 1, 1))
    assert mass_on(link, date(2021, 12, 31)) == 2 * mass_on(link, date(2022, 1, 1))


def test_a_grade_that_holds_for_every_day_leaves_no_earlier_one(link, writer, publisher):
    source = regrade(link.evidence.source, writer, publisher, reliability="C", graded_from=date(2022, 1, 1))
    regrade(source, writer, publisher, reliability="B", graded_from=None)
    assert SourceGrade.objects.count() == 0
    assert mass_on(link, date(2021, 12, 31)) == mass_on(link, TODAY) == 0.75


def test_a_grade_dated_before_an_earlier_one_takes_its_place(link, writer, publisher):
    source = regrade(link.evidence.source, writer, publisher, reliability="C", graded_from=date(2023, 1, 1))
    regrade(source, writer, publisher, reliability="B", graded_from=date(2022, 1, 1))
    kept = SourceGrade.objects.values_list("reliability", "end")
    assert list(kept) == [("A", date(2022, 1, 1))]


def test_a_change_of_the_reason_alone_is_not_dated(link, writer, publisher):
    source = regrade(link.evidence.source, writer, publisher, reliability_reason="Held up for years.")
    assert source.graded_from is None
    assert not SourceGrade.objects.exists()


def test_a_dossier_names_each_earlier_grade_with_the_first_day_after_it(link, writer, publisher):
    regrade(link.evidence.source, writer, publisher, reliability="C", graded_from=date(2022, 1, 1))
    [graded] = build_dossiers([link.claim])[link.claim.pk].links
    assert (graded.reliability, graded.earlier_grades) == ("C", ((date(2022, 1, 1), "A"),))


def test_a_regraded_publisher_moves_what_others_pass_on(writer, publisher):
    agency, paper = (
        SourceFactory(reliability="A", reliability_reason="Held up."),
        SourceFactory(reliability="B"),
    )
    report = EvidenceFactory(published=True, source=paper, relays=agency, credibility=1, known="2021-10-20")
    link = known(EvidenceLinkFactory(published=True, evidence=report, stance=-2))
    regrade(agency, writer, publisher, reliability="C", graded_from=date(2020, 1, 1))
    link.claim.gap.refresh_from_db()
    assert link.claim.gap.contradicting == 0.5


def test_a_day_that_is_moved_moves_the_end_of_the_grade_before_it(link, writer, publisher):
    source = regrade(link.evidence.source, writer, publisher, reliability="C", graded_from=date(2023, 1, 1))
    regrade(source, writer, publisher, graded_from=date(2024, 1, 1))
    assert [earlier.end for earlier in SourceGrade.objects.all()] == [date(2024, 1, 1)]
    assert mass_on(link, date(2023, 6, 1)) == 2 * mass_on(link, date(2024, 1, 1))


def test_a_day_that_is_taken_away_takes_the_earlier_grades_along(link, writer, publisher):
    source = regrade(link.evidence.source, writer, publisher, reliability="C", graded_from=date(2023, 1, 1))
    regrade(source, writer, publisher, graded_from=None)
    assert not SourceGrade.objects.exists()
    assert mass_on(link, date(2021, 12, 31)) == mass_on(link, TODAY) == 0.5
