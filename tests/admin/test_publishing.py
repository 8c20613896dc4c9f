"""Publishing and withdrawing: with a reason, by those who may, refused in words."""

import itertools

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from zeal import zeal_ignore

from claims.models import Claim, Evidence, Statement
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
)

from .posting import address, listing, text

REASON = {"reason": "Checked against the transcript."}
RECORDS = (StatementFactory, EvidenceFactory, ClaimFactory)


def decide(client, record, verb, data=REASON):
    return client.post(address(record, verb), data, follow=True)


def choose(client, records, verb, data=REASON):
    chosen = {"action": f"{verb}_selected", "_selected_action": [record.pk for record in records]}
    with zeal_ignore():  # each record is decided under its own lock
        return client.post(listing(type(records[0])), chosen | data, follow=True)


def test_what_is_missing_is_said_on_the_page_and_by_the_refusal(publisher):
    claim = ClaimFactory(quote="", criterion="")
    page = text(publisher.get(address(claim)))
    for sentence in (
        "Publish its statement first.",
        "Write what would settle it.",
        "Copy the span of the statement",
    ):
        assert sentence in page
    assert 'href="#id_criterion"' in page
    assert address(claim.statement) in page
    answer = decide(publisher, claim, "publish")
    assert "cannot be published yet" in text(answer)
    assert "Write what would settle it." in text(answer)
    claim.refresh_from_db()
    assert claim.status == "draft"


def test_a_complete_claim_is_published_with_who_when_and_why(publisher):
    claim = ClaimFactory(statement__published=True)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    assert "asks" not in text(publisher.get(address(claim, "publish")))
    answer = decide(publisher, claim, "publish")
    assert "Published." in text(answer)
    claim.refresh_from_db()
    assert (claim.status, claim.published_by) == ("published", publisher.user)
    assert claim.gap.contradicting == 1
    assert claim.snapshots.count() == 1
    assert REASON["reason"] in LogEntry.objects.get().change_message


def test_a_published_claim_is_withdrawn_with_a_reason_and_keeps_it_on_the_desk(publisher):
    claim = ClaimFactory(published=True)
    answer = decide(publisher, claim, "withdraw", {"reason": "The transcript was mended."})
    claim.refresh_from_db()
    assert (claim.status, claim.withdrawn_by) == ("withdrawn", publisher.user)
    assert "The transcript was mended." in text(answer)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_nothing_is_decided_without_a_reason(publisher, verb, reason):
    claim = ClaimFactory(published=verb == "withdraw", statement__published=True)
    status = claim.status
    answer = decide(publisher, claim, verb, {"reason": reason})
    assert "This field is required" in text(answer)
    claim.refresh_from_db()
    assert claim.status == status


def test_many_are_published_at_once_and_each_refusal_is_told(publisher):
    ready = [EvidenceFactory() for _ in range(2)]
    ungraded = EvidenceFactory(ungraded=True)
    asked = choose(publisher, [*ready, ungraded], "publish", {})
    assert "Grade the credibility of the report." in text(asked)
    assert Evidence.objects.published().count() == 0
    answer = choose(publisher, [*ready, ungraded], "publish")
    assert "2 published." in text(answer)
    assert "Grade the credibility of the report." in text(answer)
    assert set(Evidence.objects.published()) == set(ready)


def test_many_are_withdrawn_at_once(publisher):
    records = [EvidenceFactory(published=True) for _ in range(2)]
    assert "2 withdrawn." in text(choose(publisher, records, "withdraw"))
    assert {record.status for record in Evidence.objects.all()} == {"withdrawn"}


@pytest.mark.parametrize("who", ["reporter", "editor", "outsider"])
@pytest.mark.parametrize("factory", RECORDS, ids=lambda factory: factory._meta.model.__name__)
@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_nobody_but_a_publisher_decides_not_even_by_a_crafted_post(who, factory, verb, request):
    client = request.getfixturevalue(who)
    record = factory(published=verb == "withdraw")
    status = record.status
    assert client.get(address(record, verb)).status_code == 403
    assert decide(client, record, verb).status_code == 403
    choose(client, [record], verb)
    record.refresh_from_db()
    assert record.status == status
    assert f"{verb}/" not in text(client.get(address(record)))


def test_a_publisher_of_one_kind_of_record_is_none_of_another(editor):
    from django.contrib.auth.models import Permission

    editor.user.user_permissions.add(Permission.objects.get(codename="publish_evidence"))
    assert decide(editor, EvidenceFactory(), "publish").status_code == 200
    assert decide(editor, ClaimFactory(statement__published=True), "publish").status_code == 403
    assert Evidence.objects.published().count() == 1
    assert Claim.objects.filter(status="published").count() == 0


def test_who_is_not_signed_in_is_sent_to_sign_in(client, db):
    record = EvidenceFactory()
    for verb in ("publish", "withdraw", "change"):
        answer = client.post(address(record, verb), REASON)
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
    statement = StatementFactory()
    assert "public page" not in text(editor.get(address(statement)))
    Statement.objects.update(status="published", published_at="2026-01-01T00:00Z", published_by=editor.user)
    assert statement.get_absolute_url() in text(editor.get(address(statement)))
