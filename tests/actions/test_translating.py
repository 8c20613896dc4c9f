"""A translation goes the way of its text: proposed, decided on, and dropped when the text changes without it."""

import pytest
from django.utils.translation import override

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    accept_suppression,
    grade_links,
    request_suppression,
    save,
)
from claims.domain.vocabulary import CorrectionKind, SuppressionGround
from claims.ledger.public_forms import public_forms_of
from claims.models import Claim, Correction, Entry, Role
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RoleFactory,
    SearchNoteFactory,
    StatementFactory,
    TopicFactory,
    UserFactory,
)

from .desk import contradicted, known, pending, propose, ready, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]
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
    accept_proposal(pending(claim), by=UserFactory(publisher=True), now=NOW)
    assert stored(claim).translations == ARABIC


def test_what_one_save_dropped_the_next_does_not_bring_back(editor):
    claim = ready(ClaimFactory, published=True, translations=ARABIC)
    claim.proposition = "The road is half open"
    save(claim, by=editor, now=NOW, reason="Closer to the words.")
    again = Claim.objects.get(pk=claim.pk)
    again.criterion = "What we see on the road"
    save(again, by=editor, now=NOW, reason="Plainer.")
    accept_proposal(pending(claim), by=UserFactory(publisher=True), now=NOW)
    assert stored(claim).translations == {}


# Of the ground


@pytest.fixture
def link():
    claim = ClaimFactory(published=True)
    return known(
        EvidenceLinkFactory(
            claim=claim, evidence=EvidenceFactory(published=True, origin=OriginFactory()), stance=-2
        )
    )


def of(record, text="نص"):
    return {"ar": dict.fromkeys(record.translatable, text) | {"by": "A. T."}}


def test_a_rationales_waits_for_a_second_person_and_goes_with_it(link, editor):
    link.translations = of(link)
    assert kept(link, editor, "Now in Arabic.") == {}
    accept_proposal(pending(link), by=UserFactory(publisher=True), now=NOW)
    assert stored(link).translations == of(link)
    propose(stored(link), editor, rationale="It shows what crossed.")
    accept_proposal(pending(link), by=UserFactory(publisher=True), now=NOW)
    assert "rationale" not in stored(link).translations["ar"]


def test_an_origins_changes_at_once_with_a_reason(link, editor):
    origin = link.evidence.origin
    origin.translations = of(origin)
    with pytest.raises(RuleViolation, match="Say why it changes"):
        save(origin, by=editor, now=NOW)
    assert kept(origin, editor, "Now in Arabic.") == of(origin)


@pytest.mark.parametrize("make", [SearchNoteFactory, CorrectionFactory])
def test_what_stays_as_it_was_written_is_translated_later_with_a_reason(make, link, editor):
    record = known(make(claim=link.claim))
    record.translations = of(record)
    with pytest.raises(RuleViolation, match="Say why it changes"):
        save(record, by=editor, now=NOW)
    assert kept(record, editor, "Now in Arabic.") == of(record)
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.told["reason"]) == ("revise", "Now in Arabic.")
    assert entry.told["record"]["translations"] == of(record)


@pytest.mark.parametrize(
    ("make", "field"), [(SearchNoteFactory, "outcome"), (CorrectionFactory, "what_was_wrong")]
)
def test_its_words_do_not_change_together_with_their_translation(make, field, link, editor):
    record = known(make(claim=link.claim))
    setattr(record, field, "Something else.")
    record.translations = of(record)
    with pytest.raises(RuleViolation, match="stays as it was written"):
        save(record, by=editor, now=NOW, reason="Now in Arabic.")
    assert stored(record).translations == {}


def test_a_text_that_has_to_go_goes_from_them_too(link, editor):
    link.translations = of(link, "رآه أبو فلان")
    save(link, by=editor, now=NOW, reason="Now in Arabic.")
    accept_proposal(pending(link), by=UserFactory(publisher=True), now=NOW)
    asked = request_suppression(
        text="أبو فلان",
        ground=SuppressionGround.SAFETY,
        reason="For safety.",
        by=UserFactory(publisher=True),
        now=NOW,
    )
    accept_suppression(asked, by=UserFactory(publisher=True), now=NOW)
    told = [*Entry.objects.values_list("content", flat=True), str(stored(link).translations)]
    assert not [text for text in told if "أبو فلان" in text]


def test_what_nobody_translated_is_told_as_it_was_before_there_were_translations(link):
    records = {"link": link, "origin": link.evidence.origin, "search": SearchNoteFactory(claim=link.claim)}
    records["correction"] = CorrectionFactory(claim=link.claim)
    known(link)
    for kind, record in records.items():
        form = public_forms_of(kind, [record.pk])[record.pk].form
        assert form
        assert "translations" not in form


# Of notices

WRONG = CorrectionNotice(
    CorrectionKind.CORRECTION,
    "We misquoted it.",
    {"ar": {"what_was_wrong": "أخطأنا في الاقتباس.", "by": "A. T."}},
)


def test_a_notices_goes_with_its_proposal_and_stands_on_the_page(editor):
    statement = ready(StatementFactory, published=True)
    proposal = propose(statement, editor, text=statement.text.replace("three", "four"), notice=WRONG)
    accept_proposal(proposal, by=UserFactory(publisher=True), now=NOW)
    assert Correction.objects.get().translations == WRONG.translations


def test_what_a_notice_changed_is_computed_in_each_language_whichever_the_desk_is_in(editor):
    claim = contradicted(translations=ARABIC)
    link = claim.links.first()
    with override("ar"):
        grade_links({link: 2}, by=UserFactory(editor=True), now=NOW)
        grade_links({link: 2}, by=UserFactory(editor=True), now=NOW)
    notice = Correction.objects.get()
    assert notice.effect.endswith("Mostly contradicted becomes Too little evidence")
    assert "One more editor graded" in notice.what_was_wrong
    arabic = notice.translations["ar"]
    assert "تناقضه الوقائع إلى حد كبير" in arabic["effect"]
    assert "محرر" in arabic["what_was_wrong"]
    assert "by" not in arabic
