"""The gap as it would be if the form in front of an editor were saved."""

import pytest

from claims.actions import rate, unrate
from claims.models import EvidenceLink
from claims.selectors.dossiers import DESK
from claims.selectors.previews import Draft, preview
from claims.selectors.receipts import receipt
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def editor():
    return UserFactory(editor=True)


@pytest.fixture
def claim(editor):
    """Three reports, one of them still a draft; a colleague has graded all, the editor the first."""
    claim = ClaimFactory(published=True)
    for published in (True, True, False):
        RatingFactory(
            link=EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=published)), stance=-2
        )
    rate(claim.links.first(), by=editor, stance=-1, now=NOW)
    return claim


def as_stored(claim, editor):
    own = dict(editor.ratings.values_list("link", "stance"))
    return [Draft(link, own.get(link.pk)) for link in claim.links.order_by("pk")]


def test_a_form_that_changes_nothing_shows_what_the_desk_shows(claim, editor):
    shown = preview(claim, as_stored(claim, editor), rater=editor, as_of=TODAY)
    assert shown.gap == receipt(claim, TODAY, DESK).gap


@pytest.mark.parametrize("stance", [-2, 0, 2, None])
def test_it_shows_what_saving_will_show(claim, editor, stance):
    first, *others = as_stored(claim, editor)
    shown = preview(claim, [Draft(first.link, stance), *others], rater=editor, as_of=TODAY)
    if stance is None:
        unrate(first.link, by=editor, now=NOW)
    else:
        rate(first.link, by=editor, stance=stance, now=NOW)
    assert shown.gap == receipt(claim, TODAY, DESK).gap


def test_a_row_just_added_counts_with_the_editors_stance_alone(claim, editor):
    link = EvidenceLink(claim=claim, evidence=EvidenceFactory(published=True))
    shown = preview(claim, [*as_stored(claim, editor), Draft(link, 2)], rater=editor, as_of=TODAY)
    assert shown.row(link.evidence.slug).grades.stances == (2,)
    assert EvidenceLink.objects.count() == 3


def test_a_row_taken_away_counts_no_more(claim, editor):
    shown = preview(claim, as_stored(claim, editor)[1:], rater=editor, as_of=TODAY)
    assert len(shown.rows) == 2


@pytest.mark.parametrize("variant", [{"ungraded": True}, {"withdrawn": True}])
def test_what_is_ungraded_or_withdrawn_does_not_count(claim, editor, variant):
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(**variant))
    shown = preview(claim, [Draft(link, 2)], rater=editor, as_of=TODAY)
    assert shown.rows == []
