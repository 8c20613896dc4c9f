"""What came of a claim, wherever it is shown: its answer, a settlement, or that it cannot be checked."""

import json
from datetime import date

import pytest
from django.test import Client

from claims.actions import CorrectionNotice, accept_proposal, rescore_claims, save
from claims.domain.vocabulary import CorrectionKind, State
from claims.models import Claim
from tests.actions.desk import contradicted, known, pending, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ANSWER, REASON = "Fewer trucks crossed than before.", "It says what could be, and not by when."
ARABIC = {"ar": {"answer": "عبرت شاحنات أقل.", "uncheckable_reason": "لا يقول متى.", "by": "A"}}


@pytest.fixture
def vague():
    """Two reports contradict it, which would make a verdict if it could be checked."""
    return contradicted(
        proposition="It may come", uncheckable_reason=REASON, criterion="", answer=ANSWER, translations=ARABIC
    )


@pytest.fixture
def broken():
    return contradicted(
        proposition="Aid will come", kind="commitment", valid_until="2023", settled_as="broken",
        settled_on=date(2024, 2, 3), settled_by=UserFactory(publisher=True), settlement="None came.",
    )  # fmt: skip


def data(claim, query=""):
    (row,) = json.loads(Client().get(f"/en/claims/{claim.slug}/dossier.json{query}").content)
    return row


# Answer


def test_the_answer_is_the_first_thing_under_the_claim_in_both_languages(look, vague):
    page = look(vague.get_absolute_url())
    header = page.main.text
    assert f"{vague.proposition} Cannot be checked" in header
    assert "عبرت شاحنات أقل." in look(f"/ar/claims/{vague.slug}/").main.text


def test_it_stands_in_lists_frames_data_and_descriptions(look, vague):
    assert ANSWER in look("/claims/").one("li", "claim-row").text
    assert ANSWER in look(f"/claims/{vague.slug}/embed/").main.text
    assert data(vague)["answer"] == ANSWER
    assert ANSWER in look(vague.get_absolute_url()).source.partition("<body")[0]


def test_versions_keep_the_answer_that_they_had(look, vague):
    writer, publisher = UserFactory(editor=True), UserFactory(publisher=True)
    claim = stored(vague)
    claim.answer = "More trucks crossed."
    save(claim, by=writer, now=NOW, reason="New figures.")
    accept_proposal(pending(claim), by=publisher, now=NOW)
    assert ANSWER in look(f"/claims/{claim.slug}/@1/").main.text
    assert "More trucks crossed." in look(f"/claims/{claim.slug}/@2/").main.text


# Uncheckable


def test_what_cannot_be_checked_says_why_and_has_no_number(look, vague):
    page = look(vague.get_absolute_url())
    assert page.one("h2", id="verdict").text == "Cannot be checked"
    assert REASON in page.main.text
    ids = {node.attributes.get("id") for node in page.walk()}
    assert not {"lens", "moved", "receipt", "turns"} & ids
    assert "Context, which counts nothing" in page.main.text
    assert "contradicts" not in page.main.text


def test_it_is_counted_apart(look, vague):
    contradicted(proposition="Aid is growing")
    assert "1 claim cannot be checked." in look("/claims/").one("p", "mean").text
    assert "1 that cannot be checked" in look("/").main.text
    row = look("/claims/?state=uncheckable").one("li", "claim-row")
    assert "Cannot be checked" in row.text
    assert REASON not in row.text
    assert vague.gap.state == State.UNCHECKABLE
    assert vague.gap.headline is None


def test_its_data_review_feed_and_card_have_no_rating(look, vague):
    row = data(vague)
    assert (row["uncheckable"], row["now"]["gap"], row["now"]["state"]) == (REASON, None, "uncheckable")
    assert row["dossier"]["claim"]["uncheckable"] is True
    source = look(vague.get_absolute_url()).source
    assert '"alternateName":"Cannot be checked"' in source
    assert "ratingValue" not in source
    feed = Client().get("/en/feed/").content.decode()
    assert "— published: Cannot be checked" in feed
    assert REASON in feed
    assert Client().get(f"/en/claims/{vague.slug}/@1/card.png").status_code == 200


def test_a_frame_of_it_shows_the_reason_and_no_bar(look, vague):
    page = look(f"/claims/{vague.slug}/embed/")
    assert REASON in page.main.text
    assert not page.all("svg", "bar")


# Settlement


def test_a_settlement_is_the_headline_with_the_gap_beside_it(look, broken):
    page = look(broken.get_absolute_url())
    assert page.one("h2", id="verdict").text == "Broken"
    assert "Settled on 3 February 2024: None came." in page.main.text
    assert "Gap " in page.main.text
    before = look(f"{broken.get_absolute_url()}?as_of=2024-02-02")
    assert before.one("h2", id="verdict").text != "Broken"
    assert "Broken" not in before.main.text


def test_lists_frames_data_and_reviews_tell_the_settlement(look, broken):
    assert "Broken · " in look("/claims/").one("li", "claim-row").text
    assert "Broken · " in look(f"/claims/{broken.slug}/embed/").main.text
    assert data(broken)["settlement"] == {"as": "broken", "on": "2024-02-03", "reason": "None came."}
    assert data(broken, "?as_of=2024-02-02")["settlement"] is None
    source = look(broken.get_absolute_url()).source
    assert '"alternateName":"Broken · ' in source


def test_claims_are_found_by_how_they_were_settled(look, broken):
    contradicted(proposition="Aid is growing")
    page = look("/claims/?settled=broken")
    assert [row.one("h3").text for row in page.all("li", "claim-row")] == ["Aid will come"]
    assert not look("/claims/?settled=kept").all("li", "claim-row")
    assert not look("/claims/?settled=broken&as_of=2024-02-02").all("li", "claim-row")
    assert "Broken" in look("/claims/").source


def settle(claim, outcome, why, notice=None):
    claim = stored(claim)
    claim.settled_as, claim.settled_on, claim.settlement = outcome, NOW.date(), why
    save(claim, by=UserFactory(editor=True), now=NOW, reason=why, notice=notice)
    accept_proposal(pending(claim), by=UserFactory(publisher=True), now=NOW, notice=notice)


def test_a_changed_settlement_is_news_and_a_change_of_its_words_is_none(look):
    claim = known(ready(ClaimFactory, published=True, kind="commitment", proposition="Aid will come"))
    settle(claim, "kept", "It came.")
    settle(claim, "kept", "It came in May.")
    settle(claim, "broken", "It was sent back.", CorrectionNotice(CorrectionKind.UPDATE, "It was sent back."))
    feed = Client().get("/en/feed/").content.decode()
    assert feed.count("Aid will come — settled: Kept") == 1
    assert feed.count("Aid will come — settlement changed: Kept becomes Broken") == 1
    assert feed.count("— settle") == 2


def test_a_settlement_is_news(look):
    claim = known(ready(ClaimFactory, published=True, kind="commitment", proposition="Aid will come"))
    settle(claim, "kept", "It came.")
    feed = Client().get("/en/feed/").content.decode()
    assert "Aid will come — settled: Kept" in feed
    assert "It came." in feed


# Quotation and time


def test_a_denial_is_quoted_with_the_words_that_govern_it(look):
    statement = StatementFactory(
        published=True, text="What we have not done is to leave, or lifted a sanction.\n\nOn."
    )
    claim = ClaimFactory(
        published=True, statement=statement, kind="denial", quote="lifted a sanction",
        governing_words="What we have not done ... lifted a sanction",
    )  # fmt: skip
    known(claim)
    said = "“What we have not done … lifted a sanction”"
    assert look(claim.get_absolute_url()).one("blockquote").text == said
    for path in ("/claims/", f"/claims/{claim.slug}/embed/"):
        assert said in look(path).main.text
    assert look(claim.get_absolute_url()).one("mark").text == "lifted a sanction"
    assert "[…]" in look(statement.get_absolute_url()).one("p", "elision").text


def test_reported_words_stand_apart_and_without_quotation_marks(look):
    statement = StatementFactory(published=True, reported_text="Trucks are let in.\n\nMore will come.")
    claim = known(ClaimFactory(published=True, statement=statement, quote="Trucks are let in"))
    page = look(statement.get_absolute_url())
    assert "Reported by the source, not word for word" in page.main.text
    assert [words.text for words in page.all("blockquote", "reported")] == [
        "Trucks are let in.",
        "More will come.",
    ]
    assert page.all("blockquote")[0].text == f"“{statement.text}”"
    page = look(claim.get_absolute_url())
    assert "“" not in page.one("blockquote").text
    assert "Reported by the source, not word for word." in page.main.text


def test_wherever_a_claim_names_its_speaker_it_says_that_the_words_were_reported(look):
    """Without it, the first screen and the card read as if the speaker had said them."""
    statement = StatementFactory(published=True, said_on="2021-10-13", reported_text="Trucks are let in.")
    quoted, reported = (
        known(ClaimFactory(published=True, statement=statement, quote=quote))
        for quote in (statement.text, "Trucks are let in")
    )
    remark = "13 October 2021, not word for word"
    page = look(reported.get_absolute_url())
    assert remark in page.one("p", "who").text
    assert remark in page.one("meta", name="description").attributes["content"]
    assert remark in look(f"/claims/{reported.slug}/embed/").main.text
    assert [remark in row.text for row in look("/claims/").all("li", "claim-row")].count(True) == 1
    assert "word for word" not in look(quoted.get_absolute_url()).one("p", "who").text


def test_the_days_that_count_are_said_and_reports_from_before_them_are_listed(look):
    claim = contradicted(valid_from="2021-01-20", valid_until="2025-01-20")
    early = EvidenceFactory(published=True, event="2020-05-01", known="2020-05-02", summary="Too early")
    EvidenceLinkFactory(claim=claim, evidence=early, stance=-2)
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    text = look(claim.get_absolute_url()).main.text
    assert "judged from 20 January 2021 up to 20 January 2025" in text
    assert "Not counted: happened before 20 January 2021" in text
    assert "happened after" not in text


@pytest.mark.parametrize(
    "path", ["/claims/{}/", "/claims/{}/@1/", "/claims/{}/embed/", "/claims/?state=uncheckable"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_its_pages_are_whole_in_both_languages(look, vague, path, language):
    assert look(f"/{language}{path.format(vague.slug)}").errors == []
