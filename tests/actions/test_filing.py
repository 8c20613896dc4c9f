"""Topics and places for several claims at once: drafts change, for published claims one proposal holds all."""

import pytest

from claims.actions import RuleViolation, file_claims, save
from claims.models import Claim, Proposal
from tests.actions.desk import ready
from tests.factories import NOW, ClaimFactory, PlaceFactory, TopicFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def claim_about(topic):
    claim = ready(ClaimFactory)
    claim.topics.set([topic])
    return claim


def file(claims, by, **more):
    rows = {"add": {}, "remove": {}, **more}
    return file_claims(claims, by=by, now=NOW, **rows)


def test_drafts_get_and_lose_what_is_chosen_and_keep_the_rest(editor):
    old, new, place = TopicFactory(), TopicFactory(), PlaceFactory()
    claims = [claim_about(old), claim_about(new)]
    done = file(claims, editor, add={"topics": [new], "places": [place]}, remove={"topics": [old]})
    assert (done.changed, done.proposals) == (2, [])
    for claim in claims:
        assert (list(claim.topics.all()), list(claim.places.all())) == ([new], [place])
        claim.refresh_from_db()
        assert claim.changed_by == editor


def test_what_has_them_already_is_left_alone(editor):
    topic = TopicFactory()
    claim = claim_about(topic)
    changed_at = claim.changed_at
    assert file([claim], editor, add={"topics": [topic]}).changed == 0
    claim.refresh_from_db()
    assert claim.changed_at == changed_at


def test_published_claims_share_one_proposal_with_its_reason(editor):
    topic = TopicFactory()
    claims = [ready(ClaimFactory, published=True), ready(ClaimFactory, published=True), ready(ClaimFactory)]
    done = file(claims, editor, add={"topics": [topic]}, reason="They are about aid.")
    proposal = Proposal.objects.get()
    assert (done.changed, done.proposals) == (3, [proposal])
    assert {each.claim for each in proposal.revisions.all()} == set(claims[:2])
    assert [claim.topics.count() for claim in claims] == [0, 0, 1]


def test_published_claims_need_a_reason_and_without_one_nothing_is_stored(editor):
    claims = [claim_about(TopicFactory()), ready(ClaimFactory, published=True)]
    with pytest.raises(RuleViolation, match="Say why it should change"):
        file(claims, editor, add={"topics": [TopicFactory()]})
    assert Claim.topics.through.objects.count() == 1


def test_an_own_proposal_keeps_what_it_proposed_before(editor):
    first, second = TopicFactory(), TopicFactory()
    claim, other = ready(ClaimFactory, published=True), ready(ClaimFactory, published=True)
    save(claim, by=editor, now=NOW, reason="About aid.", many={"topics": [first]})
    file([claim, other], editor, add={"topics": [second]}, reason="About war too.")
    own, joined = Proposal.objects.order_by("pk")
    assert own.revisions.get().changes == {"topics": sorted([first.slug, second.slug])}
    assert joined.revisions.get().claim == other


def test_nothing_is_both_added_and_taken_away(editor):
    topic = TopicFactory()
    with pytest.raises(RuleViolation, match="added and taken away"):
        file([ready(ClaimFactory)], editor, add={"topics": [topic]}, remove={"topics": [topic]})
