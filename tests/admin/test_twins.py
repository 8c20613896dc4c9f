"""What may be here already is shown before it is saved; the editor decides."""

import pytest

from claims.models import Evidence, EvidenceLink, Source, Speaker
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory, SourceFactory, SpeakerFactory

from .posting import address, errors_of, listing, send, text

ADDRESS = "https://reports.example/1"


def report(source, **fields):
    return {"summary": "Trucks crossed", "known": "2021-11-02", "source": source.pk, "url": ADDRESS, **fields}


def test_a_report_that_may_be_here_is_shown_and_saved_once_the_editor_says_so(editor):
    first = EvidenceFactory(url=f"{ADDRESS}?utm_source=x")
    answer = send(editor, listing(Evidence, "add"), report(first.source))
    assert "It may be here already" in errors_of(answer)
    assert f'<a href="{address(first)}">{first}</a>' in text(answer)
    assert "the same address" in text(answer)
    assert "It is another report: save it" in text(answer)
    assert Evidence.objects.count() == 1
    send(editor, listing(Evidence, "add"), report(first.source, is_another="on"))
    assert Evidence.objects.count() == 2


def test_what_is_not_compared_is_saved_without_a_question(editor):
    first = EvidenceFactory(url=ADDRESS)
    second = EvidenceFactory(url=ADDRESS)
    send(editor, address(second), {"detail": "More."})
    assert Evidence.objects.get(pk=second.pk).detail == "More."
    answer = send(editor, address(second), {"url": f"{ADDRESS}#top"})
    assert str(first) in text(answer)
    assert Evidence.objects.get(pk=second.pk).url == ADDRESS


@pytest.mark.parametrize(("factory", "model"), [(SpeakerFactory, Speaker), (SourceFactory, Source)])
def test_namesakes_are_shown(editor, factory, model):
    first = factory(name="The Army")
    given = {"name": "the army"} | ({"reliability": "F"} if model is Source else {})
    answer = send(editor, listing(model, "add"), given)
    assert f'<a href="{address(first)}">' in text(answer)
    assert model.objects.count() == 1
    send(editor, listing(model, "add"), given | {"is_another": "on"})
    assert model.objects.count() == 2


def test_a_suggestion_stands_beside_the_box_and_own_words_are_refused_as_support(editor):
    link = EvidenceLinkFactory()
    assert "own side" not in text(editor.get(address(link.claim)))
    link.evidence.quotes = link.claim.statement.speaker
    link.evidence.save()
    for record in (link.claim, link.evidence):
        assert "It quotes the speaker’s own side." in text(editor.get(address(record)))
    answer = send(editor, address(link.claim), {"links-0-stance": "2"})
    assert "this is the claim, not evidence for it" in errors_of(answer)
    assert not link.ratings.exists()
    send(editor, address(link.claim), {"links-0-stance": "-1"})
    assert link.ratings.get().stance == -1


def test_a_report_counted_twice_on_a_claim_is_refused_beside_the_row(editor):
    claim = ClaimFactory()
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(url=ADDRESS))
    other = EvidenceFactory(url=f"{ADDRESS}/")
    row = {"links-1-evidence": other.pk}
    answer = send(editor, address(claim), row)
    assert str(link.evidence) in errors_of(answer)
    assert '<details class="desk-distinct" open>' in text(answer)
    assert claim.links.count() == 1
    send(editor, address(claim), row | {"links-1-distinct_reason": "Another strike, on the same page."})
    assert EvidenceLink.objects.get(evidence=other).distinct_reason == "Another strike, on the same page."
