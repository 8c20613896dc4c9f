"""What the nouns know of themselves: addresses, directions, offices, due days, and what they refuse in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from claims.domain.vocabulary import DueState
from claims.models import Claim, Correction, Rating, Speaker, Statement, Topic
from claims.models.base import Authored, Publishable
from claims.models.statement import text_direction
from tests.factories import (
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    RoleFactory,
    SearchNoteFactory,
    SnapshotFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


# Addresses


def test_an_address_is_made_from_the_title():
    assert StatementFactory(title="Remarks on Syria, Washington").slug == "remarks-on-syria-washington"


def test_a_taken_address_is_numbered():
    assert [TopicFactory(name="Human rights").slug for _ in range(3)] == [
        "human-rights", "human-rights-2", "human-rights-3",
    ]  # fmt: skip


def test_a_gap_in_the_numbers_is_filled():
    topics = [TopicFactory(name="Aid") for _ in range(3)]
    topics[1].delete()
    assert TopicFactory(name="Aid").slug == "aid-2"


def test_a_title_gives_an_address_in_its_own_script():
    names = ["بشار الأسد", "Владимир Путин", "بشار الأسد"]
    assert [SpeakerFactory(name=name).slug for name in names] == [
        "بشار-الأسد",
        "владимир-путин",
        "بشار-الأسد-2",
    ]


def test_a_title_without_letters_still_gets_an_address():
    assert [SpeakerFactory(name="???").slug, SpeakerFactory(name="…").slug] == ["speaker", "speaker-2"]


def test_a_long_title_gets_a_short_address():
    slugs = {ClaimFactory(proposition="aid " * 70).slug for _ in range(2)}
    assert len(slugs) == 2
    assert max(map(len, slugs)) <= 80
    assert not any(slug.startswith("-") or "--" in slug for slug in slugs)


def test_an_address_stays_when_the_title_changes():
    topic = TopicFactory(name="Aid")
    topic.name = "Assistance"
    topic.save()
    assert topic.slug == "aid"


def test_an_address_emptied_is_made_again_also_where_few_fields_are_saved():
    topic = TopicFactory(name="Aid")
    topic.slug, topic.name = "", "Assistance"
    topic.save(update_fields=["name"])
    assert Topic.objects.get().slug == "assistance"


# Fixtures


def test_every_natural_key_finds_its_row():
    link = EvidenceLinkFactory()
    rows = [
        link, link.claim, link.evidence, link.claim.statement, link.evidence.source, RoleFactory(), TopicFactory(),
        SearchNoteFactory(), CorrectionFactory(), SnapshotFactory(), RatingFactory(),
    ]  # fmt: skip
    for row in rows:
        assert type(row)._default_manager.get_by_natural_key(*row.natural_key()) == row


# Language


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("en", "ltr"), ("he", "rtl"), ("tlh", "auto"), ("", "auto")]
)
def test_words_run_in_the_direction_of_their_language(language, way):
    assert text_direction(language) == way


def test_a_translation_and_its_original_each_run_their_own_way():
    statement = Statement(language="en", original_language="ar")
    assert (statement.direction, statement.original_direction) == ("ltr", "rtl")


# Offices


def test_a_speaker_is_shown_in_the_office_of_that_day():
    speaker = SpeakerFactory()
    RoleFactory(speaker=speaker, title="Deputy", start="2015", end="2017-01-19")
    secretary = RoleFactory(speaker=speaker, title="Secretary", start="2021-01-26", end="2025-01-20")
    envoy = RoleFactory(speaker=speaker, title="Envoy", start="2023-05", end=None)
    offices = {day: speaker.role_on(date.fromisoformat(day)) for day in (
        "2014-12-31", "2018-01-01", "2021-01-25", "2021-01-26", "2023-05-01", "2025-01-21",
    )}  # fmt: skip
    assert list(offices.values()) == [None, None, None, secretary, envoy, envoy]


def test_an_office_without_a_start_gives_way_to_one_with():
    speaker = SpeakerFactory()
    RoleFactory(speaker=speaker, title="Member", start=None, end=None)
    minister = RoleFactory(speaker=speaker, title="Minister", start="2021", end=None)
    assert speaker.role_on(date(2022, 1, 1)) == minister
    assert speaker.role_on(date(2020, 12, 31)).title == "Member"
    assert Speaker.objects.get() == speaker


# Commitments


@pytest.mark.parametrize(
    ("until", "day", "stands"),
    [
        (None, "2099-01-01", DueState.NOT_DUE),
        ("2022", "2021-12-31", DueState.NOT_DUE),
        ("2022", "2022-01-01", DueState.DUE),
        ("2022", "2022-12-31", DueState.DUE),
        ("2022", "2023-01-01", DueState.OVERDUE),
    ],
)
def test_a_commitment_stands_where_its_day_says(until, day, stands):
    assert ClaimFactory(kind="commitment", valid_until=until).due_state(date.fromisoformat(day)) == stands


def test_a_commitment_is_settled_from_the_day_of_the_decision_and_not_before():
    claim = ClaimFactory(settled=True, valid_until="2022-03", settled_on=date(2022, 6, 1))
    assert claim.due_state(date(2022, 5, 31)) == DueState.OVERDUE
    assert claim.due_state(date(2022, 6, 1)) == DueState.SETTLED


def test_a_commitment_that_cannot_be_checked_does_not_fall_due():
    vague = ClaimFactory(kind="commitment", valid_until="2022", uncheckable_reason="Too vague.")
    assert vague.due_state(date(2030, 1, 1)) is None


def test_only_a_commitment_falls_due():
    assert ClaimFactory(kind="prediction", valid_until="2022").due_state(date(2030, 1, 1)) is None


# Refusals in words


def refusal(record):
    with pytest.raises(ValidationError) as refused:
        record.clean()
    return refused.value.message_dict


def test_a_span_must_stand_in_the_statement():
    claim = ClaimFactory.build(statement=StatementFactory(), quote="increasing  assistance")
    assert "letter for letter" in refusal(claim)["quote"][0]


def test_a_span_may_be_checked_against_a_statement_that_is_still_being_entered():
    claim = ClaimFactory.build(statement=StatementFactory.build(text="Other words."))
    assert refusal(claim).keys() == {"quote"}
    Claim(proposition="Drawn from nothing yet", kind="fact").clean()


@pytest.mark.parametrize("change", [{"settlement": ""}, {"settled_on": None}, {"settled_as": ""}])
def test_a_settlement_has_an_outcome_a_day_and_a_reason(change):
    claim = ClaimFactory(settled=True)
    vars(claim).update(change)
    (field,) = change
    assert "give all three or none" in refusal(claim)[field][0]


def test_only_a_commitment_is_settled():
    claim = ClaimFactory(settled=True)
    claim.kind = "fact"
    assert "Only a commitment is settled" in refusal(claim)["settled_on"][0]


def test_words_do_not_lapse_before_they_are_said():
    statement = StatementFactory(said_on="2021-10-13")
    assert (
        "before the words were said"
        in refusal(ClaimFactory(statement=statement, valid_until="2021-09"))["valid_until"][0]
    )
    ClaimFactory(statement=statement, valid_until="2021-10").clean()


def test_a_published_claim_stays_complete():
    claim = ClaimFactory(published=True)
    claim.criterion = ""
    assert "keeps its span and how it is tested" in refusal(claim)["criterion"][0]


def test_an_original_has_a_language():
    statement = StatementFactory.build(original_text="كلمات")
    assert "which language" in refusal(statement)["original_language"][0]


def test_words_that_carry_a_claim_are_not_taken_from_under_it():
    claim = ClaimFactory()
    claim.statement.text = "Something else."
    assert claim.quote in refusal(claim.statement)["text"][0]
    claim.statement.spans_follow = True
    claim.statement.clean()


@pytest.mark.parametrize("records", [0, 2])
def test_a_correction_is_of_one_record(records):
    corrected = {"claim": ClaimFactory(), "statement": StatementFactory()} if records else {}
    with pytest.raises(ValidationError, match="Choose the one record"):
        Correction(what_was_wrong="The day", **corrected).clean()


@pytest.mark.parametrize("name", ["claim", "statement", "evidence"])
def test_a_correction_knows_its_record(name):
    record = {"claim": ClaimFactory, "statement": StatementFactory, "evidence": EvidenceFactory}[name]()
    assert Correction(**{name: record}).record == record


# Links


@pytest.mark.parametrize(
    ("stances", "shown"), [([], None), ([-2], -2), ([-2, -1], -1), ([1, 2], 1), ([-2, 2, 2], 2)]
)
def test_a_link_shows_the_median_stance_and_the_milder_where_it_lies_between(stances, shown):
    link = EvidenceLinkFactory()
    for stance in stances:
        RatingFactory(link=link, stance=stance)
    assert link.stance == shown


def test_a_rating_reads_as_its_sign():
    assert str(Rating(rater=RatingFactory().rater, stance=-2)).endswith(": −−")


# Decisions


def test_all_that_a_decision_writes_is_kept_from_an_editor_s_save():
    own = {field.name for field in Publishable._meta.local_fields} - {
        field.name for field in Authored._meta.local_fields
    }
    assert set(Publishable.decided) == own
