"""Topics and places for several claims at once, from the list of claims."""

import pytest

from claims.models import Claim, Proposal
from tests.actions.desk import ready
from tests.factories import ClaimFactory, PlaceFactory, TopicFactory

from .posting import listing, post, text


def file(client, claims, **more):
    chosen = {"action": "file_selected", "_selected_action": [claim.pk for claim in claims]}
    return post(client, listing(Claim), chosen | more)


def test_drafts_are_chosen_and_get_topics_and_places(editor):
    claims, topic, place = [ClaimFactory(), ClaimFactory()], TopicFactory(), PlaceFactory()
    asked = text(file(editor, claims))
    assert "Add: Topics" in asked
    assert 'id="add_id_add_topics"' in asked  # a new one is made without leaving the form
    answer = file(editor, claims, add_topics=[topic.pk], add_places=[place.pk], reason="")
    assert "2 claims change." in text(answer)
    assert {claim.topics.get() for claim in claims} == {topic}
    answer = file(editor, claims, remove_topics=[topic.pk], reason="")
    assert not Claim.topics.through.objects.exists()


def test_published_claims_become_one_proposal_and_need_a_reason(editor):
    claims, topic = [ready(ClaimFactory, published=True) for _ in range(2)], TopicFactory()
    answer = text(file(editor, claims, add_topics=[topic.pk], reason=""))
    assert "This field is required." in answer
    assert f'value="{topic.pk}" selected' in answer  # what was picked stays
    answer = text(file(editor, claims, add_topics=[topic.pk], reason="Both are about aid."))
    assert "your proposal" in answer
    assert Proposal.objects.get().revisions.count() == 2


@pytest.mark.parametrize("nonsense", [{}, {"add_topics": ["x"]}, {"add_places": ["7777777"]}])
def test_nothing_and_nonsense_are_refused_beside_their_field(editor, nonsense):
    answer = file(editor, [ClaimFactory()], reason="", **nonsense)
    assert answer.status_code == 200
    assert "errorlist" in text(answer)


def test_who_may_only_look_files_nothing(outsider):
    claim = ClaimFactory()
    file(outsider, [claim], add_topics=[TopicFactory().pk], reason="")
    assert not claim.topics.exists()
