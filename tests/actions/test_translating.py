"""A translation goes the way of its text: proposed, decided on, and dropped when the text changes without it."""

import pytest

from claims.actions import accept, save
from claims.models import Claim, Role
from tests.factories import NOW, ClaimFactory, RoleFactory, TopicFactory, UserFactory

from .desk import pending, ready, stored

pytestmark = pytest.mark.django_db
ARABIC = {"ar": {"proposition": "الطريق مفتوح", "criterion": "ما نراه", "by": "A. T."}}


@pytest.fixture
def editor(db):
    return UserFactory(editor=True)


def kept(record, editor, reason="", **more):
    save(record, by=editor, now=NOW, reason=reason, **more)
    return stored(record).translations


def test_it_goes_with_the_text_that_it_translates(editor):
    claim = ClaimFactory(translations=ARABIC)
    claim.proposition = "The road is half open"
    assert kept(claim, editor) == {"ar": {"criterion": "ما نراه", "by": "A. T."}}


def test_it_stays_where_it_was_changed_too_or_is_said_to_hold(editor):
    claim = ClaimFactory(translations=ARABIC)
    claim.proposition = "The road is open, we say"
    assert kept(claim, editor, translations_hold=True) == ARABIC
    claim.proposition = "The road is half open"
    claim.translations = {"ar": {**ARABIC["ar"], "proposition": "الطريق نصف مفتوح"}}
    assert kept(claim, editor) == claim.translations


def test_a_new_record_brings_its_own(editor):
    topic = TopicFactory.build(slug="roads", translations={"ar": {"name": "طرق", "by": "A. T."}})
    assert kept(topic, editor)["ar"]["name"] == "طرق"


def test_a_roles_goes_too(editor):
    role = RoleFactory(translations={"ar": {"title": "وزير", "by": "A. T."}})
    role.title = "Deputy"
    save(role, by=editor, now=NOW)
    assert Role.objects.get().translations == {}


def test_of_a_published_record_it_is_proposed_and_readers_see_it_once_accepted(editor):
    claim = ready(ClaimFactory, published=True)
    claim.translations = ARABIC
    assert kept(claim, editor, "Now in Arabic.") == {}
    accept(pending(claim), by=UserFactory(publisher=True), now=NOW)
    assert stored(claim).translations == ARABIC


def test_what_one_save_dropped_the_next_does_not_bring_back(editor):
    claim = ready(ClaimFactory, published=True, translations=ARABIC)
    claim.proposition = "The road is half open"
    save(claim, by=editor, now=NOW, reason="Closer to the words.")
    again = Claim.objects.get(pk=claim.pk)
    again.criterion = "What we see on the road"
    save(again, by=editor, now=NOW, reason="Plainer.")
    accept(pending(claim), by=UserFactory(publisher=True), now=NOW)
    assert stored(claim).translations == {}
