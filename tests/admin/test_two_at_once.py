"""Two at the same record: nothing is overwritten that its writer has not seen, and nothing that was typed is lost."""

import pytest

from claims.actions import pending_proposal
from claims.models import Claim, DeskStep, EvidenceLink, Rating
from tests.actions.desk import ready, stored
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    SearchNoteFactory,
    SourceFactory,
    StatementFactory,
    TopicFactory,
)

from .posting import address, as_served, decide, errors_of, post, press, send, text

MINE, THEIRS = "What I wrote", "What they wrote"
SAVED_MEANWHILE = "while you were writing"
FIELDS = [(ClaimFactory, "criterion"), (EvidenceFactory, "detail"), (StatementFactory, "occasion"),
          (SourceFactory, "reliability_reason")]  # fmt: skip


def opened(client, record):
    return as_served(client.get(address(record)))


def value_in(answer, name, inline=None):
    """What stands in the form that came back."""
    if inline is None:
        return answer.context["adminform"].form[name].value()
    prefix, row = inline
    formsets = {each.formset.prefix: each.formset for each in answer.context["inline_admin_formsets"]}
    return formsets[prefix].forms[row][name].value()


@pytest.mark.parametrize(("factory", "field"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_the_second_to_save_sees_both_and_then_decides(editor, colleague, factory, field):
    record = factory()
    mine = opened(editor, record)
    send(colleague, address(record), {field: THEIRS})
    answer = press(editor, address(record), mine, {field: MINE})
    assert SAVED_MEANWHILE in errors_of(answer)
    assert str(colleague.user) in errors_of(answer)
    assert f"Now stored: “{THEIRS}”" in errors_of(answer)
    assert value_in(answer, field) == MINE
    assert getattr(stored(record), field) == THEIRS
    press(editor, address(record), as_served(answer))
    assert getattr(stored(record), field) == MINE


def test_of_three_saves_each_is_told_of_the_one_before_it(editor, colleague, publisher):
    claim = ClaimFactory()
    mine = opened(editor, claim)
    send(colleague, address(claim), {"criterion": THEIRS})
    answer = press(editor, address(claim), mine, {"criterion": MINE})
    send(publisher, address(claim), {"criterion": "What a third one wrote"})
    answer = press(editor, address(claim), as_served(answer))
    assert "Now stored: “What a third one wrote”" in errors_of(answer)
    assert stored(claim).criterion == "What a third one wrote"


def test_what_only_they_changed_is_taken_over_and_shown_beside_what_i_changed(editor, colleague):
    claim = ClaimFactory()
    mine = opened(editor, claim)
    send(colleague, address(claim), {"proposition": THEIRS})
    answer = press(editor, address(claim), mine, {"criterion": MINE})
    assert f"Now stored: “{THEIRS}”" in errors_of(answer)
    assert (value_in(answer, "proposition"), value_in(answer, "criterion")) == (THEIRS, MINE)
    press(editor, address(claim), as_served(answer))
    assert (stored(claim).proposition, stored(claim).criterion) == (THEIRS, MINE)


def test_a_form_in_which_i_changed_nothing_overwrites_nothing(editor, colleague):
    claim = ClaimFactory()
    mine = opened(editor, claim)
    send(colleague, address(claim), {"criterion": THEIRS})
    press(editor, address(claim), mine)
    assert stored(claim).criterion == THEIRS
    assert stored(claim).changed_by == colleague.user
    assert not DeskStep.objects.filter(by=editor.user).exists()


def test_both_writing_the_same_is_no_quarrel(editor, colleague):
    claim = ClaimFactory()
    mine = opened(editor, claim)
    send(colleague, address(claim), {"criterion": THEIRS})
    answer = press(editor, address(claim), mine, {"criterion": THEIRS})
    assert SAVED_MEANWHILE not in text(answer)


def test_topics_and_places_are_not_overwritten_either(editor, colleague):
    claim, theirs, mine = ClaimFactory(), TopicFactory(), TopicFactory(name="My topic")
    served = opened(editor, claim)
    send(colleague, address(claim), {"topics": [theirs.pk]})
    answer = press(editor, address(claim), served, {"topics": [mine.pk]})
    assert f"Now stored: “{theirs}”" in errors_of(answer)
    assert list(stored(claim).topics.all()) == [theirs]
    press(editor, address(claim), as_served(answer))
    assert list(stored(claim).topics.all()) == [mine]


def test_words_of_several_lines_and_numbers_are_known_again_when_they_come_back(editor):
    statement = StatementFactory(text="One.\n\nTwo.  \n", said_on="2021-10")
    place = PlaceFactory(latitude="35.9", longitude="36.6000")
    for record in (statement, place):
        answer = send(editor, address(record), {"title": MINE, "name": MINE})
        assert SAVED_MEANWHILE not in text(answer)
        assert str(stored(record)) == MINE


def test_two_tabs_of_one_editor_are_two(editor):
    claim = ClaimFactory()
    one, other = opened(editor, claim), opened(editor, claim)
    press(editor, address(claim), one, {"criterion": "From one tab"})
    answer = press(editor, address(claim), other, {"criterion": "From the other"})
    assert SAVED_MEANWHILE in errors_of(answer)
    assert stored(claim).criterion == "From one tab"


# Rows within a page


def rows():
    link, note = EvidenceLinkFactory(), SearchNoteFactory()
    claim = ClaimFactory()
    return [
        (link.claim, link, "links", "rationale"), (link.evidence, link, "links", "rationale"),
        (claim.statement, claim, "claims", "criterion"), (note.claim, note, "search_notes", "outcome"),
    ]  # fmt: skip


@pytest.mark.parametrize("which", range(4), ids=["of a claim", "of a report", "of a statement", "searches"])
def test_a_row_within_a_page_is_guarded_like_a_page(editor, colleague, which):
    page, record, prefix, field = rows()[which]
    mine = opened(editor, page)
    send(colleague, address(page), {f"{prefix}-0-{field}": THEIRS})
    answer = press(editor, address(page), mine, {f"{prefix}-0-{field}": MINE})
    assert f"Now stored: “{THEIRS}”" in errors_of(answer)
    assert value_in(answer, field, (prefix, 0)) == MINE
    assert getattr(stored(record), field) == THEIRS
    press(editor, address(page), as_served(answer))
    assert getattr(stored(record), field) == MINE


def test_a_row_that_only_they_changed_is_not_stamped_as_mine(editor, colleague):
    link = EvidenceLinkFactory()
    mine = opened(editor, link.claim)
    send(colleague, address(link.claim), {"links-0-rationale": THEIRS})
    answer = press(editor, address(link.claim), mine, {"criterion": MINE})
    press(editor, address(link.claim), as_served(answer))
    assert (stored(link).rationale, stored(link).changed_by) == (THEIRS, colleague.user)
    assert stored(link.claim).criterion == MINE


def test_the_same_row_from_its_two_ends_is_one_row(editor, colleague):
    link = EvidenceLinkFactory()
    mine = opened(editor, link.claim)
    send(colleague, address(link.evidence), {"links-0-rationale": THEIRS})
    answer = press(editor, address(link.claim), mine, {"links-0-rationale": MINE})
    assert f"Now stored: “{THEIRS}”" in errors_of(answer)


def test_each_of_two_grades_for_themselves_and_neither_is_in_the_others_way(editor, colleague):
    link = EvidenceLinkFactory()
    mine, theirs = opened(editor, link.claim), opened(colleague, link.claim)
    press(colleague, address(link.claim), theirs, {"links-0-stance": "2"})
    answer = press(editor, address(link.claim), mine, {"links-0-stance": "-2"})
    assert SAVED_MEANWHILE not in text(answer)
    assert {rating.rater: rating.stance for rating in Rating.objects.all()} == {
        editor.user: -2, colleague.user: 2,
    }  # fmt: skip


def test_a_row_is_not_deleted_over_what_another_wrote_into_it(editor, colleague):
    link = EvidenceLinkFactory()
    mine = opened(editor, link.claim)
    send(colleague, address(link.claim), {"links-0-rationale": THEIRS})
    answer = press(editor, address(link.claim), mine, {"links-0-DELETE": "on"})
    assert SAVED_MEANWHILE in errors_of(answer)
    assert stored(link).rationale == THEIRS
    press(editor, address(link.claim), as_served(answer))
    assert not EvidenceLink.objects.exists()


def test_rows_that_both_add_are_both_kept(editor, colleague):
    claim, one, other = ClaimFactory(), EvidenceFactory(), EvidenceFactory()
    mine = opened(editor, claim)
    send(colleague, address(claim), {"links-0-evidence": one.pk})
    press(editor, address(claim), mine, {"links-0-evidence": other.pk})
    assert {link.evidence for link in claim.links.all()} == {one, other}


# What became of it meanwhile


def test_a_record_deleted_meanwhile_is_said_to_be_gone(editor, colleague):
    claim = ClaimFactory()
    mine = opened(editor, claim)
    post(colleague, address(claim, "delete"), {"post": "yes"})
    answer = press(editor, address(claim), mine, {"criterion": MINE})
    assert answer.status_code == 409
    assert "doesn’t exist" in text(answer)
    assert MINE in text(answer)
    assert not Claim.objects.exists()


def test_a_record_is_not_deleted_over_what_another_wrote_into_it(editor, colleague):
    claim = ClaimFactory()
    page = editor.get(address(claim, "delete"))
    post(colleague, address(claim), opened(colleague, claim) | {"criterion": THEIRS})
    answer = post(editor, address(claim, "delete"), {"post": "yes", "seen": page.context["seen"]})
    assert "has changed since you looked" in text(answer)
    assert Claim.objects.get().criterion == THEIRS


def test_a_row_deleted_meanwhile_keeps_what_was_typed_elsewhere(editor, colleague):
    link = EvidenceLinkFactory()
    mine = opened(editor, link.claim)
    send(colleague, address(link.claim), {"links-0-DELETE": "on"})
    answer = press(editor, address(link.claim), mine, {"links-0-rationale": MINE, "criterion": MINE})
    assert "was not part of the form" in errors_of(answer)
    assert value_in(answer, "criterion") == MINE
    assert not EvidenceLink.objects.exists()


def test_a_record_published_meanwhile_takes_the_change_as_a_proposal_with_its_reason(editor, publisher):
    claim = ready(ClaimFactory, in_review=True)
    mine = opened(editor, claim)
    decide(publisher, claim, "publish")
    answer = press(editor, address(claim), mine, {"criterion": MINE})
    assert "Say why it should change" in errors_of(answer)
    assert value_in(answer, "criterion") == MINE
    press(editor, address(claim), as_served(answer), {"why": "Closer to the words."})
    assert stored(claim).criterion != MINE
    assert pending_proposal(claim).proposed_by == editor.user


# Crafted


@pytest.mark.parametrize("token", [None, "", "x", ".", "-", "criterion-", "criterion-0" * 500, "–.–"])
def test_a_form_that_does_not_say_what_it_was_served_with_overwrites_nothing(editor, token):
    claim = ClaimFactory()
    before = claim.criterion
    served = {**opened(editor, claim), "seen": token} if token is not None else opened(editor, claim)
    answer = press(
        editor, address(claim), served, {"criterion": MINE}, drop=[] if token is not None else ["seen"]
    )
    assert SAVED_MEANWHILE in errors_of(answer)
    assert stored(claim).criterion == before
    assert value_in(answer, "criterion") == MINE
