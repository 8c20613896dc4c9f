"""Merging two speakers or sources on the desk, and telling namesakes apart in lists to pick from."""

import pytest
from django.urls import reverse

from claims.models import OldAddress, Source, Speaker
from tests.actions.desk import contradicted
from tests.factories import EvidenceFactory, RoleFactory, SourceFactory, SpeakerFactory, StatementFactory

from .posting import listing, post, text


def merge(client, records, **more):
    chosen = {"action": "merge_selected", "_selected_action": [record.pk for record in records]}
    return post(client, listing(type(records[0])), chosen | more)


@pytest.mark.parametrize("factory", [SpeakerFactory, SourceFactory])
def test_two_are_chosen_confirmed_and_one(factory, publisher):
    kept, gone = factory(name="Ministry"), factory(name="The Ministry")
    asked = text(merge(publisher, [kept, gone]))
    assert "Which one is kept" in asked
    assert "This cannot be undone." in asked
    assert factory._meta.model.objects.count() == 2
    answer = merge(publisher, [kept, gone], kept=kept.pk, reason="One under two names.")
    assert "“The Ministry” is now “Ministry”." in text(answer)
    assert list(factory._meta.model.objects.all()) == [kept]
    assert OldAddress.objects.get().leads_to == kept.slug


def test_a_moved_verdict_asks_for_its_notice_and_keeps_what_was_typed(publisher):
    claim = contradicted()
    records = list(Source.objects.filter(evidence__links__claim=claim))
    answer = text(merge(publisher, records, kept=records[1].pk, reason="One paper."))
    assert "Write the notice" in answer
    assert "One paper." in answer
    notice = {"notice_kind": "correction", "notice": "We took one paper for two."}
    merge(publisher, records, kept=records[1].pk, reason="One paper.", **notice)
    assert set(Source.objects.filter(evidence__links__claim=claim)) == {records[1]}
    assert claim.corrections.get().what_was_wrong == "We took one paper for two."


@pytest.mark.parametrize("number", [1, 3])
def test_one_or_three_are_not_two(number, publisher):
    answer = merge(publisher, [SourceFactory() for _ in range(number)])
    assert "Choose the two that are one" in text(answer)


@pytest.mark.parametrize("who", ["reporter", "editor", "outsider"])
def test_nobody_but_a_publisher_merges_not_even_by_a_crafted_post(who, request):
    client = request.getfixturevalue(who)
    records = [SpeakerFactory(), SpeakerFactory()]
    assert "merge_selected" not in text(client.get(listing(Speaker)))
    merge(client, records, kept=records[0].pk, reason="One.")
    assert Speaker.objects.count() == 2


def completions(client, model, field, term):
    query = {"app_label": "claims", "model_name": model, "field_name": field, "term": term}
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    return [each["text"] for each in found]


def test_namesakes_are_told_apart_where_they_are_picked(editor):
    envoy, body = SpeakerFactory(name="Jordan"), SpeakerFactory(name="Jordan", is_institution=True)
    RoleFactory(speaker=envoy, title="Adviser", start="2019")
    RoleFactory(speaker=envoy, title="Envoy", start="2021")
    assert completions(editor, "statement", "speaker", "Jordan") == ["Jordan · Envoy", "Jordan · institution"]
    SourceFactory(name="Jordan", kind="monitor")
    assert completions(editor, "evidence", "source", "Jordan") == ["Jordan · monitor or NGO"]
    statement = StatementFactory(speaker=body)
    page = text(editor.get(reverse("admin:claims_statement_change", args=[statement.pk])))
    assert "Jordan · institution" in page


def test_old_addresses_lead_on_for_ever(publisher, client):
    said = StatementFactory(published=True, speaker=SpeakerFactory(name="Gone"))
    kept, paper = SpeakerFactory(name="Kept"), SourceFactory(name="Paper kept")
    EvidenceFactory(published=True, source=SourceFactory(name="Paper gone"))
    merge(publisher, [kept, said.speaker], kept=kept.pk, reason="One.")
    merge(publisher, [paper, Source.objects.get(name="Paper gone")], kept=paper.pk, reason="One.")
    for old, new in {
        "/speakers/gone/": "/speakers/kept/",
        "/ar/speakers/gone/?as_of=2026-11-01": "/ar/speakers/kept/?as_of=2026-11-01",
        "/speakers/gone/feed/": "/speakers/kept/feed/",
        "/sources/paper-gone/": "/sources/paper-kept/",
    }.items():
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get("/speakers/kept/").status_code == 200
    assert client.get("/speakers/never-was/").status_code == 404
