"""An editor's own proposal is a draft on top of what readers see: edited further, and never overwritten unseen."""

import pytest

from claims.actions import own_pending_proposal
from claims.models import Proposal
from tests.actions.desk import contradicted, known, ready, stored
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    RatingFactory,
    TopicFactory,
)

from .posting import address, as_served, errors_of, press, rule_on, send, text

FIRST, SECOND = "Month by month.", "Week by week."
WHY = {"why": "Closer to the words."}
CHANGED_MEANWHILE = "was changed while you were writing"


@pytest.fixture
def claim(db):
    return ready(ClaimFactory, published=True)


def opened(client, record):
    return as_served(client.get(address(record)))


def proposal_of(record, client):
    return own_pending_proposal(record, client.user)


def changes_of(record, client):
    return proposal_of(record, client).revisions.get().changes


def value_in(answer, name):
    return answer.context["adminform"].form[name].value()


# Two tabs


def test_of_two_tabs_on_a_published_record_the_second_overwrites_nothing(editor, claim):
    one, other = opened(editor, claim), opened(editor, claim)
    press(editor, address(claim), one, {"criterion": FIRST, **WHY})
    answer = press(editor, address(claim), other, {"criterion": SECOND, "why": "Closer still."})
    assert CHANGED_MEANWHILE in errors_of(answer)
    assert f"Now in your proposal: “{FIRST}”" in errors_of(answer)
    assert (value_in(answer, "criterion"), value_in(answer, "why")) == (SECOND, "Closer still.")
    assert changes_of(claim, editor) == {"criterion": FIRST}
    press(editor, address(claim), as_served(answer))
    assert changes_of(claim, editor) == {"criterion": SECOND}
    assert proposal_of(claim, editor).reason == "Closer still."


def test_what_only_the_other_tab_changed_stays_in_the_proposal(editor, claim):
    one, other = opened(editor, claim), opened(editor, claim)
    press(editor, address(claim), one, {"criterion": FIRST, **WHY})
    answer = press(editor, address(claim), other, {"proposition": "Aid grows", **WHY})
    assert value_in(answer, "criterion") == FIRST
    press(editor, address(claim), as_served(answer))
    assert changes_of(claim, editor) == {"criterion": FIRST, "proposition": "Aid grows"}


def test_of_two_tabs_with_the_proposal_open_the_second_overwrites_nothing(editor, claim):
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    one, other = opened(editor, claim), opened(editor, claim)
    press(editor, address(claim), one, {"criterion": SECOND})
    answer = press(editor, address(claim), other, {"criterion": "Day by day."})
    assert f"Now in your proposal: “{SECOND}”" in errors_of(answer)
    assert changes_of(claim, editor) == {"criterion": SECOND}


def test_the_reason_of_a_proposal_is_not_overwritten_unseen_either(editor, claim):
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    one, other = opened(editor, claim), opened(editor, claim)
    press(editor, address(claim), one, {"why": "One tab's reason."})
    answer = press(editor, address(claim), other, {"why": "The other's."})
    assert CHANGED_MEANWHILE in errors_of(answer)
    assert proposal_of(claim, editor).reason == "One tab's reason."


def test_a_row_of_a_page_is_guarded_too(editor, claim):
    link = known(EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2))
    one, other = opened(editor, claim), opened(editor, claim)
    press(editor, address(claim), one, {"links-0-rationale": FIRST, **WHY})
    answer = press(editor, address(claim), other, {"links-0-rationale": SECOND, **WHY})
    assert f"Now in your proposal: “{FIRST}”" in errors_of(answer)
    assert changes_of(link, editor) == {"rationale": FIRST}
    press(editor, address(claim), as_served(answer))
    assert changes_of(link, editor) == {"rationale": SECOND}


def test_a_proposal_decided_while_its_writer_was_at_it_leaves_all_in_the_form(editor, publisher, claim):
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    served = opened(editor, claim)
    rule_on(publisher, proposal_of(claim, editor), "decline", reason="That cannot be measured.")
    answer = press(editor, address(claim), served, {"proposition": "Aid grows", **WHY})
    assert "was decided while you were writing" in errors_of(answer)
    assert (value_in(answer, "criterion"), value_in(answer, "proposition")) == (FIRST, "Aid grows")
    press(editor, address(claim), as_served(answer))
    assert changes_of(claim, editor) == {"criterion": FIRST, "proposition": "Aid grows"}


# Edited further


def test_the_form_opens_ones_own_proposal_and_says_what_readers_see(editor, claim):
    before = claim.criterion
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    page = editor.get(address(claim))
    assert value_in(page, "criterion") == FIRST
    assert f"Readers see: “{before}”" in text(page)
    assert WHY["why"] in text(page)
    assert address(proposal_of(claim, editor)) in text(page)


def test_an_edited_proposal_holds_what_the_form_held_and_keeps_its_reason(editor, claim):
    send(editor, address(claim), {"criterion": FIRST, "proposition": "Aid grows", **WHY})
    send(editor, address(claim), {"criterion": SECOND})
    assert changes_of(claim, editor) == {"criterion": SECOND, "proposition": "Aid grows"}
    assert proposal_of(claim, editor).reason == WHY["why"]
    assert Proposal.objects.count() == 1


def test_a_field_put_back_leaves_the_proposal_and_the_last_one_takes_it_back(editor, claim):
    before = {"criterion": claim.criterion, "proposition": claim.proposition}
    send(editor, address(claim), {"criterion": FIRST, "proposition": "Aid grows", **WHY})
    send(editor, address(claim), {"criterion": before["criterion"]})
    assert changes_of(claim, editor) == {"proposition": "Aid grows"}
    answer = send(editor, address(claim), before)
    assert "your proposal was taken back" in text(answer)
    assert Proposal.objects.get().outcome == "dropped"


def test_topics_and_places_are_opened_and_edited_too(editor, publisher, claim):
    aid, water, place = TopicFactory(name="Aid"), TopicFactory(name="Water"), PlaceFactory()
    send(editor, address(claim), {"topics": [aid.pk], "places": [place.pk], **WHY})
    assert value_in(editor.get(address(claim)), "topics") == [aid.pk]
    send(editor, address(claim), {"topics": [aid.pk, water.pk]})
    assert changes_of(claim, editor) == {"topics": ["aid", "water"], "places": [place.slug]}
    rule_on(publisher, proposal_of(claim, editor), "accept")
    assert set(stored(claim).topics.all()) == {aid, water}


def test_a_proposed_risk_hides_the_place_and_can_be_taken_off_again(editor):
    country = PlaceFactory(name="Syria", kind="country")
    city = PlaceFactory(name="Aleppo", kind="town", parent=country)
    report = ready(EvidenceFactory, published=True, place=city)
    send(editor, address(report), {"risk": "country", **WHY})
    assert changes_of(report, editor) == {"risk": "country", "place": country.slug, "exact_place": city.slug}
    send(editor, address(report), {"detail": "More of it."})
    assert changes_of(report, editor)["exact_place"] == city.slug
    send(editor, address(report), {"risk": "none"})
    assert changes_of(report, editor) == {"detail": "More of it."}


def test_a_row_is_opened_with_its_proposal_on_every_page_that_shows_it(editor, claim):
    link = known(EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2))
    send(editor, address(claim), {"links-0-rationale": FIRST, **WHY})
    for page in (claim, link.evidence):
        assert FIRST in text(editor.get(address(page)))
    send(editor, address(link.evidence), {"links-0-directness": "contextual"})
    assert changes_of(link, editor) == {"rationale": FIRST, "directness": "contextual"}


def test_the_gap_that_readers_see_stands_beside_that_of_the_draft(editor):
    claim = contradicted(reports=2)
    for link in claim.links.all():
        RatingFactory(link=link, rater=editor.user, stance=-2)
    before = editor.get(address(claim)).context["public"].headline
    notice = {"notice_kind": "correction", "notice": "We scored what nobody can know."}
    send(editor, address(claim), {"uncheckable_reason": "No figures exist.", **WHY, **notice})
    page = editor.get(address(claim))
    assert page.context["public"].headline == before
    assert page.context["receipt"].gap.headline != before


# Others


def test_another_editor_is_not_locked_out_and_sees_what_stands(editor, colleague, claim):
    before = claim.criterion
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    page = colleague.get(address(claim))
    assert value_in(page, "criterion") == before
    assert "waits for a second person" in text(page)
    send(colleague, address(claim), {"criterion": SECOND, **WHY})
    assert changes_of(claim, editor) == {"criterion": FIRST}
    assert changes_of(claim, colleague) == {"criterion": SECOND}


def test_after_one_is_accepted_the_next_is_confirmed_on_what_stands_then(editor, colleague, publisher, claim):
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    send(colleague, address(claim), {"proposition": "Aid grows", **WHY})
    rule_on(publisher, proposal_of(claim, editor), "accept")
    answer = rule_on(publisher, proposal_of(claim, colleague), "accept")
    assert "Its writer can open the record and save the proposal again" in text(answer)
    page = colleague.get(address(claim))
    assert (value_in(page, "criterion"), value_in(page, "proposition")) == (FIRST, "Aid grows")
    assert "Readers see another version by now" in text(page)
    send(colleague, address(claim))
    rule_on(publisher, proposal_of(claim, colleague), "accept")
    assert (stored(claim).criterion, stored(claim).proposition) == (FIRST, "Aid grows")


def test_a_form_open_while_the_record_changed_under_its_proposal_is_shown_the_change(
    editor, colleague, publisher, claim
):
    send(editor, address(claim), {"criterion": FIRST, **WHY})
    send(colleague, address(claim), {"criterion": SECOND, **WHY})
    served = opened(colleague, claim)
    rule_on(publisher, proposal_of(claim, editor), "accept")
    answer = press(colleague, address(claim), served, {"proposition": "Aid grows"})
    assert CHANGED_MEANWHILE in errors_of(answer)
    assert f"Readers see: “{FIRST}”" in text(answer)
    assert value_in(answer, "criterion") == SECOND
