"""The gap as it would be if the form in front of an editor were saved."""

import pytest

from claims.actions import grade_links
from claims.models import EvidenceLink
from claims.selectors.dossiers import DESK
from claims.selectors.previews import DraftLink, preview_receipt
from claims.selectors.receipts import load_receipt
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
    """A draft with three reports, one a draft itself; a colleague has graded all, the editor the first."""
    claim = ClaimFactory()
    for published in (True, True, False):
        RatingFactory(
            link=EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=published)), stance=-2
        )
    grade_links({claim.links.first(): -1}, by=editor, now=NOW)
    return claim


def as_stored(claim, editor):
    own = dict(editor.ratings.values_list("link", "stance"))
    return [DraftLink(link, own.get(link.pk)) for link in claim.links.order_by("pk")]


def test_a_form_that_changes_nothing_shows_what_the_desk_shows(claim, editor):
    shown = preview_receipt(claim, as_stored(claim, editor), rater=editor, as_of=TODAY)
    assert shown.gap == load_receipt(claim, TODAY, DESK, rater=editor).gap


@pytest.mark.parametrize("stance", [-2, 0, 2])
def test_it_shows_what_saving_will_show(claim, editor, stance):
    first, *others = as_stored(claim, editor)
    shown = preview_receipt(claim, [DraftLink(first.link, stance), *others], rater=editor, as_of=TODAY)
    grade_links({first.link: stance}, by=editor, now=NOW)
    assert shown.gap == load_receipt(claim, TODAY, DESK, rater=editor).gap


def test_a_stance_taken_back_leaves_what_the_others_think(claim, editor):
    """Which this editor has seen already."""
    first, *others = as_stored(claim, editor)
    shown = preview_receipt(claim, [DraftLink(first.link, None), *others], rater=editor, as_of=TODAY)
    assert shown.row(first.link.evidence.slug).grades.stances == (-2,)


def test_what_others_think_of_a_link_that_the_editor_has_not_graded_is_never_shown(claim, editor):
    for stance in (-2, 2):
        second = as_stored(claim, editor)[1]
        shown = preview_receipt(claim, [DraftLink(second.link, stance)], rater=editor, as_of=TODAY)
        assert shown.row(second.link.evidence.slug).grades.stances == (stance,)


def test_a_row_just_added_counts_with_the_editors_stance_alone(claim, editor):
    link = EvidenceLink(claim=claim, evidence=EvidenceFactory(published=True))
    shown = preview_receipt(claim, [*as_stored(claim, editor), DraftLink(link, 2)], rater=editor, as_of=TODAY)
    assert shown.row(link.evidence.slug).grades.stances == (2,)
    assert EvidenceLink.objects.count() == 3


def test_a_row_taken_away_counts_no_more(claim, editor):
    shown = preview_receipt(claim, as_stored(claim, editor)[1:], rater=editor, as_of=TODAY)
    assert len(shown.rows) == 2


@pytest.mark.parametrize("variant", [{"ungraded": True}, {"withdrawn": True}])
def test_what_is_ungraded_or_withdrawn_does_not_count(claim, editor, variant):
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(**variant))
    shown = preview_receipt(claim, [DraftLink(link, 2)], rater=editor, as_of=TODAY)
    assert shown.rows == []
