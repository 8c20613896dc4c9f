"""Whose side a report comes from is suggested, and a speaker's own words support nothing."""

import pytest
from django.core.exceptions import ValidationError

from claims.actions import RuleViolation, accept_proposal, grade_links
from claims.models import Source
from claims.selectors.interests import interest_suggestions, objection_to_support
from tests.actions.desk import known, propose
from tests.factories import (
    NOW,
    EvidenceFactory,
    EvidenceLinkFactory,
    SourceFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return EvidenceLinkFactory()


def suggested(link):
    return interest_suggestions([link.pk]).get(link.pk, "")


def speaker_of(link):
    return link.claim.statement.speaker


def belongs(record, institution):
    record.institution = institution
    record.save()


def test_nothing_is_suggested_of_strangers(link):
    belongs(link.evidence.source, SpeakerFactory())
    belongs(speaker_of(link), SpeakerFactory())
    assert suggested(link) == ""


def test_a_publisher_of_the_speaker_or_of_one_institution_at_any_depth_is_suggested(link):
    belongs(link.evidence.source, speaker_of(link))
    assert "Its publisher belongs" in suggested(link)
    government, ministry, army = (SpeakerFactory() for _ in range(3))
    belongs(ministry, government)
    belongs(army, ministry)
    belongs(speaker_of(link), government)
    belongs(link.evidence.source, army)
    assert "Its publisher belongs" in suggested(link)
    belongs(government, army)  # in a circle, which nobody should enter
    assert "Its publisher belongs" in suggested(link)


def test_the_publisher_is_whoever_the_source_passes_on(link):
    belongs(link.evidence.source, speaker_of(link))
    link.evidence.relays = SourceFactory()
    link.evidence.save()
    assert suggested(link) == ""
    belongs(link.evidence.relays, speaker_of(link))
    assert "Its publisher belongs" in suggested(link)


def test_a_quotation_of_the_own_side_is_suggested(link):
    minister = SpeakerFactory()
    belongs(minister, speaker_of(link))
    link.evidence.quotes = minister
    link.evidence.save()
    assert "It quotes the speaker’s own side" in suggested(link)
    assert not objection_to_support(link, 2)


def test_the_speakers_own_words_are_refused_as_support_and_nothing_else(link):
    link.evidence.quotes = speaker_of(link)
    link.evidence.save()
    editor = UserFactory(editor=True)
    for stance in (1, 2):
        with pytest.raises(RuleViolation, match="this is the claim, not evidence for it"):
            grade_links({link: stance}, by=editor, now=NOW)
    for stance in (0, -1, -2):
        grade_links({link: stance}, by=editor, now=NOW)


def test_whom_it_quotes_is_not_entered_over_gradings_as_support(link):
    grade_links({link: 2}, by=UserFactory(editor=True), now=NOW)
    link.evidence.quotes = SpeakerFactory()
    link.evidence.clean()
    link.evidence.quotes = speaker_of(link)
    with pytest.raises(ValidationError, match="never support their claim"):
        link.evidence.clean()


def test_where_a_published_source_belongs_is_proposed_and_accepted():
    source, ministry = SourceFactory(), SpeakerFactory()
    known(EvidenceFactory(published=True, source=source))
    proposal = propose(source, UserFactory(editor=True), institution=ministry)
    assert Source.objects.get().institution is None
    accept_proposal(proposal, by=UserFactory(publisher=True), now=NOW)
    assert Source.objects.get().institution == ministry
