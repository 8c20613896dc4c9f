"""The way to the public and back: reviewed by a second person, with a reason, refused in words."""

import itertools

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from claims.models import Claim, DeskStep, Entry, Evidence
from tests.actions.desk import contradicted, known, ready, stored
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    ReplyFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
)

from .posting import address, choose, decide, listing, send, text

RECORDS = (StatementFactory, EvidenceFactory, ClaimFactory)


def test_what_is_missing_is_said_on_the_page_and_when_it_is_sent_to_review(editor):
    claim = ClaimFactory(quote="", criterion="")
    page = text(editor.get(address(claim)))
    for sentence in (
        "Publish its statement first.",
        "Write how this is tested.",
        "Copy the span of the statement",
        "Note a search for supporting evidence",
    ):
        assert sentence in page
    assert 'href="#id_criterion"' in page
    assert address(claim.statement) in page
    asked = text(editor.get(address(claim, "submit")))
    assert "Missing for publication:" in asked
    assert "Write how this is tested." in asked


@pytest.mark.parametrize("by_list", [False, True], ids=["its page", "its list"])
@pytest.mark.parametrize("draft", [
    lambda: EvidenceFactory(ungraded=True, url=""), lambda: ClaimFactory(quote="", criterion="", answer=""),
    lambda: ReplyFactory(url="", reference=""),
], ids=["evidence", "claim", "reply"])  # fmt: skip
def test_what_only_publication_needs_keeps_nothing_from_review(draft, by_list, editor, publisher):
    record = draft()
    answer = (
        choose(editor, [record], "submit", "") if by_list else decide(editor, record, "submit", reason="")
    )
    assert stored(record).status == "in_review"
    assert "ent to review." in text(answer)
    assert "cannot be published yet" in text(decide(publisher, record, "publish"))
    assert stored(record).status == "in_review"


def test_a_complete_claim_goes_to_review_and_a_second_person_publishes_it(editor, publisher):
    claim = ready(ClaimFactory)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    assert "Sent to review." in text(decide(editor, claim, "submit", reason=""))
    assert "Published." in text(decide(publisher, claim, "publish"))
    claim = stored(claim)
    assert (claim.submitted_by, claim.published_by) == (editor.user, publisher.user)
    assert claim.status == "published"
    assert (claim.gap.contradicting, claim.snapshots.count()) == (1, 1)
    assert Entry.objects.get(kind="claim", subject=claim.slug).told["reason"] == "Checked."


def test_nobody_publishes_a_draft_that_was_not_sent_to_review(publisher):
    claim = ready(ClaimFactory)
    assert "publish/" not in text(publisher.get(address(claim)))
    assert "send it to review first" in text(decide(publisher, claim, "publish"))
    assert stored(claim).status == "draft"


@pytest.mark.parametrize("factory", RECORDS, ids=lambda factory: factory._meta.model.__name__)
def test_nobody_publishes_what_they_wrote(factory, publisher):
    record = ready(factory, in_review=True, created_by=publisher.user)
    assert "A second person publishes it" in text(decide(publisher, record, "publish"))
    assert stored(record).status == "in_review"


def test_what_is_sent_back_is_a_draft_again_and_says_what_is_wanted(editor, publisher):
    claim = ready(ClaimFactory, in_review=True)
    assert "Sent back." in text(decide(publisher, claim, "return", reason="Name the month."))
    assert stored(claim).status == "draft"
    assert "Name the month." in text(editor.get(address(claim, "history")))


def test_a_published_claim_is_withdrawn_with_a_reason_and_keeps_it_on_the_desk(publisher):
    claim = ready(ClaimFactory, published=True)
    answer = decide(publisher, claim, "withdraw", reason="The transcript was mended.")
    claim = stored(claim)
    assert (claim.status, claim.withdrawn_by) == ("withdrawn", publisher.user)
    assert "The transcript was mended." in text(answer)


def test_what_was_withdrawn_is_taken_up_again_as_a_draft(editor):
    claim = ready(ClaimFactory, withdrawn=True)
    assert "Taken up again." in text(decide(editor, claim, "reopen"))
    assert stored(claim).status == "draft"


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
@pytest.mark.parametrize(("step", "status"), [
    ("publish", "in_review"), ("return", "in_review"), ("withdraw", "published"), ("reopen", "withdrawn"),
])  # fmt: skip
def test_nothing_is_decided_without_a_reason(publisher, step, status, reason):
    claim = ready(ClaimFactory, **{status: True})
    words = "Tick what you checked" if step == "publish" else "This field is required"
    assert words in text(decide(publisher, claim, step, reason=reason))
    assert stored(claim).status == status


def test_what_was_checked_is_ticked_and_readers_find_it(publisher, client):
    report = ready(EvidenceFactory, in_review=True, archived_url="https://copy.example/1")
    asked = text(publisher.get(address(report, "publish")))
    assert "I have read the source, and it says this." in asked
    assert "The archived copy opens and shows what the source showed." in asked
    assert "held the reports against" not in asked
    assert "words checked against the source" not in asked  # said once, not in two ways
    assert "Optional once a box is ticked." in asked
    assert "Published." in text(decide(publisher, report, "publish", reason="", checks=["words", "copy"]))
    entry = Entry.objects.get(kind="evidence", subject=report.slug)
    checked = "Checked by the second person: words checked against the source, archived copy opened"
    assert checked in text(client.get(entry.get_absolute_url()))
    assert checked in text(client.get(reverse("changes")))
    assert checked in text(client.get(reverse("changes-feed")))
    assert checked in text(publisher.get(address(report, "history")))


def test_a_copy_that_is_not_there_is_not_offered(publisher):
    report = ready(EvidenceFactory, in_review=True)
    assert "The archived copy opens" not in text(publisher.get(address(report, "publish")))
    answer = text(decide(publisher, report, "publish", reason="", checks=["copy"]))
    assert "Tick only what is offered here." in answer
    assert stored(report).status == "in_review"


def test_of_many_those_without_a_copy_are_refused_when_it_is_ticked(publisher):
    with_copy = ready(EvidenceFactory, in_review=True, archived_url="https://copy.example/1")
    without = ready(EvidenceFactory, in_review=True)
    answer = text(choose(publisher, [with_copy, without], "publish", reason="", checks=["copy"]))
    assert "has no archived copy" in answer
    assert (stored(with_copy).status, stored(without).status) == ("published", "in_review")


def test_many_are_published_at_once_and_each_refusal_is_told(publisher):
    fit = [ready(EvidenceFactory, in_review=True) for _ in range(2)]
    ungraded = ready(EvidenceFactory, in_review=True, ungraded=True)
    answer = choose(publisher, [*fit, ungraded], "publish")
    assert "2 published." in text(answer)
    assert "Grade the credibility of the report." in text(answer)
    assert set(Evidence.objects.published()) == set(fit)


def test_a_report_that_turns_a_verdict_is_published_with_its_notice(publisher):
    claim, report = contradicted(), EvidenceFactory(in_review=True)
    link = known(EvidenceLinkFactory(claim=claim, evidence=report, stance=2))
    for each in claim.links.all():
        RatingFactory(link=each, rater=publisher.user, stance=2 if each == link else -2)
    page = text(publisher.get(address(report, "publish")))
    assert "This turns a verdict that readers see." in page
    assert "a notice is owed" in page
    assert "Write the notice" in text(decide(publisher, report, "publish"))
    decide(publisher, report, "publish", notice_kind="update", notice="A new report says otherwise.")
    assert stored(report).status == "published"
    assert claim.corrections.get().kind == "update"


def test_the_effect_of_a_publication_is_kept_from_those_who_grade_blind(publisher):
    report = EvidenceFactory(in_review=True)
    known(EvidenceLinkFactory(claim=contradicted(), evidence=report, stance=2))
    page = text(publisher.get(address(report, "publish")))
    assert "grade its reports, and you see how it moves" in page
    assert "becomes" not in page


def test_the_page_that_asks_for_a_reason_decides_nothing_yet(publisher):
    records = [ready(EvidenceFactory, in_review=True), ready(EvidenceFactory, in_review=True, ungraded=True)]
    chosen = {"action": "publish_selected", "_selected_action": [record.pk for record in records]}
    asked = publisher.post(listing(Evidence), chosen)
    assert "Grade the credibility of the report." in text(asked)
    assert not Evidence.objects.published().exists()


def test_many_are_sent_to_review_sent_back_and_withdrawn_at_once(editor, publisher):
    drafts = [ready(EvidenceFactory) for _ in range(2)]
    assert "2 sent to review." in text(choose(editor, drafts, "submit", reason=""))
    assert "2 sent back." in text(choose(publisher, drafts, "return"))
    public = [ready(EvidenceFactory, published=True) for _ in range(2)]
    assert "2 withdrawn." in text(choose(publisher, public, "withdraw"))
    assert [stored(record).status for record in (*drafts, *public)] == ["draft"] * 2 + ["withdrawn"] * 2


@pytest.mark.parametrize("who", ["reporter", "editor", "outsider"])
@pytest.mark.parametrize("factory", RECORDS, ids=lambda factory: factory._meta.model.__name__)
@pytest.mark.parametrize(("step", "status"), [("publish", "in_review"), ("withdraw", "published")])
def test_nobody_but_a_publisher_decides_not_even_by_a_crafted_post(who, factory, step, status, request):
    client = request.getfixturevalue(who)
    record = ready(factory, **{status: True})
    assert client.get(address(record, step)).status_code == 403
    assert client.post(address(record, step), {"reason": "Checked."}).status_code == 403
    crafted = {"action": f"{step}_selected", "_selected_action": record.pk, "reason": "Checked."}
    client.post(listing(type(record)), crafted)
    assert stored(record).status == status
    assert f"{step}/" not in text(client.get(address(record)))


def test_a_publisher_of_one_kind_of_record_is_none_of_another(editor):
    editor.user.user_permissions.add(Permission.objects.get(codename="publish_evidence"))
    assert "Published." in text(decide(editor, ready(EvidenceFactory, in_review=True), "publish"))
    claim = ready(ClaimFactory, in_review=True)
    assert editor.post(address(claim, "publish"), {"reason": "Checked."}).status_code == 403
    assert not Claim.objects.filter(status="published").exists()


def test_each_step_is_remembered_with_who_took_it(publisher):
    record = ready(EvidenceFactory, in_review=True)
    decide(publisher, record, "publish")
    assert DeskStep.objects.get(step="publish").by == publisher.user


def test_who_is_not_signed_in_is_sent_to_sign_in(client, db):
    record = EvidenceFactory()
    for step in ("submit", "return", "publish", "withdraw", "reopen", "change"):
        answer = client.post(address(record, step), {"reason": "Checked."})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("admin:login"))


READ, WRITE, DELETE = "change", "add", "delete"
ALLOWED = {
    "reporter": {READ, WRITE}, "editor": {READ, WRITE, DELETE}, "publisher": {READ, WRITE, DELETE}, "outsider": set(),
}  # fmt: skip
MAKERS = (StatementFactory, EvidenceFactory, ClaimFactory, SourceFactory, SpeakerFactory)


@pytest.mark.parametrize(
    ("who", "maker"),
    list(itertools.product(ALLOWED, MAKERS)),
    ids=lambda value: getattr(value, "__name__", value),
)
def test_each_role_opens_what_it_may_and_no_more(who, maker, request):
    client = request.getfixturevalue(who)
    record = maker()
    pages = {READ: address(record), WRITE: listing(type(record), "add"), DELETE: address(record, "delete")}
    opened = {page for page, url in pages.items() if client.get(url).status_code == 200}
    assert opened == ALLOWED[who]
    seen = {client.get(url).status_code for url in (listing(type(record)), address(record, "history"))}
    assert seen == ({403} if who == "outsider" else {200})


def test_autocomplete_tells_an_outsider_nothing(editor, outsider):
    EvidenceFactory(summary="Trucks crossed")
    query = {"app_label": "claims", "model_name": "evidencelink", "field_name": "evidence", "term": "truck"}
    assert outsider.get(reverse("admin:autocomplete"), query).status_code == 403
    assert editor.get(reverse("admin:autocomplete"), query).json()["results"]


def test_a_published_record_links_to_its_public_page_and_a_draft_does_not(editor):
    assert "public page" not in text(editor.get(address(StatementFactory())))
    statement = StatementFactory(published=True)
    assert statement.get_absolute_url() in text(editor.get(address(statement)))


@pytest.mark.parametrize("factory", RECORDS)
def test_an_emptied_address_of_a_published_record_is_refused_on_its_page(factory, editor):
    record = ready(factory, published=True)
    answer = send(editor, address(record), {"slug": "", "why": "Tidier."})
    assert answer.status_code == 200
    assert 'class="errorlist' in text(answer)
    assert stored(record).slug == record.slug
