"""Whoever grades, grades blind: nothing that the desk sends tells an editor what others made of a report.

The same pages are asked for in several worlds, which differ in the others' gradings alone: as long as the editor has
not graded, no byte may differ. What everyone reads on the public site is no secret of the desk's.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from claims.actions import pending_proposal, rescore_claims
from claims.domain.vocabulary import State
from claims.models import (
    Claim,
    Correction,
    Evidence,
    EvidenceLink,
    Proposal,
    Rating,
    Snapshot,
    Source,
    Statement,
)
from tests.actions.desk import known, noted
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory, RatingFactory

from .posting import address, as_served, listing, looked_at, post, send, text

CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WORLDS = [(-2, -2), (2, 2), (0, 0), (-2, 2)]
LISTED = (Claim, Statement, Evidence, Source, Snapshot, Proposal, Correction)
blind = pytest.mark.parametrize("who", ["editor", "publisher", "chief"])


@pytest.fixture
def claim(db):
    """Published, with two published reports and a draft, each graded by two editors who contradict it."""
    claim = ClaimFactory(proposition="Aid is increased", published=True)
    noted(claim)
    lately = timezone.localdate() - timedelta(days=2)
    for published in (True, True, False):
        report = EvidenceFactory(published=published, known=str(lately), event=None)
        EvidenceLinkFactory(claim=claim, evidence=report, stance=-2)
    known(claim)
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=timezone.now())
    return claim


@pytest.fixture
def proposal(claim, colleague):
    """To take a report's credibility back, on which the gap depends."""
    report = Evidence.objects.published().first()
    notice = {"notice_kind": "correction", "notice": "The witness took it back."}
    send(colleague, address(report), {"credibility": 5, "why": "The witness took it back.", **notice})
    return pending_proposal(report)


def world_where(first, second):
    """Two others have graded every report so."""
    for link in EvidenceLink.objects.all():
        for rating, stance in zip(link.ratings.order_by("pk"), (first, second), strict=True):
            Rating.objects.filter(pk=rating.pk).update(stance=stance, first_stance=stance)
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=timezone.now())


def in_each_world(ask, worlds=WORLDS):
    """What the desk answers in each, without what differs from one answer to the next anyway."""
    answers = []
    for stances in worlds:
        world_where(*stances)
        answers.append({name: CHANGING.sub("", text(answer)) for name, answer in ask()})
    return answers


def differing(answers):
    return {name for name in answers[0] if len({answer[name] for answer in answers}) > 1}


def get(client, url):
    with zeal_ignore():  # the page that deletes names every link
        return client.get(url)


def pages(client, urls):
    return lambda: [(url, get(client, url)) for url in urls]


def pages_of(claim):
    records = [claim, claim.statement, *(link.evidence for link in claim.links.all())]
    return [address(record, page) for record in records for page in ("change", "history", "delete")]


def questions():
    """Every order and every narrowing that a list could be asked for, also those that it does not offer."""
    for model in LISTED:
        yield f"{listing(model)}?_facets=True"
    for model in (Claim, Snapshot):
        yield from (f"{listing(model)}?o={column}" for column in range(8))
    for state in (State.CONTRADICTS, State.MATCHES):
        yield f"{listing(Claim)}?gap__state__exact={state.value}"
        yield f"{listing(Snapshot)}?state__exact={state.value}"
    for query in (
        "links__ratings__stance=-2",
        "links__ratings__stance__lt=0",
        "gap__gap__gt=50",
        "needs=stance",
    ):
        yield f"{listing(Claim)}?{query}"
        yield f"{listing(Evidence)}?{query}"
    for query in (
        "gap__gt=50",
        "contradicting__gt=1",
        "inputs__contains=-2",
        "q=contradicts",
        "digest__gt=8",
    ):
        yield f"{listing(Snapshot)}?{query}"


@blind
def test_no_page_of_a_record_tells(claim, request, who):
    client = request.getfixturevalue(who)
    assert not differing(in_each_world(pages(client, pages_of(claim))))


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_no_list_tells_whatever_it_is_asked(claim, request, who):
    client = request.getfixturevalue(who)
    assert not differing(in_each_world(pages(client, list(questions())), WORLDS[:2]))


@blind
def test_neither_the_first_page_nor_a_proposal_tells(claim, proposal, request, who):
    client = request.getfixturevalue(who)
    urls = [reverse("admin:index"), reverse("admin:app_list", args=["claims"]), address(proposal)]
    assert not differing(in_each_world(pages(client, urls)))


@blind
def test_no_snapshot_tells(claim, request, who):
    client = request.getfixturevalue(who)
    urls = [address(snapshot, page) for snapshot in Snapshot.objects.all() for page in ("change", "history")]
    assert not differing(in_each_world(pages(client, urls)))


@pytest.mark.parametrize(
    "field", [("evidencelink", "claim"), ("evidencelink", "evidence"), ("correction", "claim")]
)
def test_no_completion_tells(claim, publisher, field):
    model, name = field
    query = {"app_label": "claims", "model_name": model, "field_name": name, "term": ""}
    asked = [("it", "autocomplete")]
    answers = in_each_world(
        lambda: [(each, publisher.get(reverse("admin:autocomplete"), query)) for each in asked]
    )
    assert not differing(answers)


@blind
@pytest.mark.parametrize("own", ["", "-2", "2"])
def test_no_preview_tells_whatever_stance_is_tried(claim, request, who, own):
    client = request.getfixturevalue(who)
    url = reverse("admin:claims_claim_preview", args=[claim.pk])
    form = as_served(client.get(address(claim))) | {f"links-{n}-stance": own for n in range(3)}
    assert not differing(in_each_world(lambda: [("preview", client.post(url, form))]))


def test_no_refused_form_tells(claim, editor):
    url = address(claim)
    form = as_served(editor.get(url))
    changes = [{"valid_until": "1999"}, {"criterion": "Otherwise."}, {"links-0-rationale": "Otherwise."}]
    ask = lambda: [(str(change), post(editor, url, form | change)) for change in changes]  # noqa: E731
    assert not differing(in_each_world(ask))


def test_a_refusal_to_decide_asks_for_a_notice_and_tells_no_verdict(claim, publisher):
    report = Evidence.objects.published().first()
    step = address(report, "withdraw")

    def ask():
        seen = looked_at(publisher.get(step))
        return [("withdraw", post(publisher, step, {"reason": "Mended.", **seen}))]

    world_where(-2, -2)
    ((_name, refused),) = ask()
    assert "This turns a verdict that readers see" in text(refused)
    assert "becomes" not in text(refused)
    assert Evidence.objects.get(pk=report.pk).is_published


def test_whoever_decides_on_a_proposal_without_having_graded_is_not_told_either(proposal, publisher):
    answer = post(publisher, address(proposal), {
        "decision": "accept", "seen": publisher.get(address(proposal)).context["seen"], "notice_kind": "correction",
        "notice": "The witness took it back.",
    })  # fmt: skip
    assert "Accepted." in text(answer)
    assert "grade its reports, and you see how it moves" in text(answer)


# Afterwards


def before_and_after_grading(client, claim, url):
    before = text(client.get(url))
    for link in claim.links.all():
        RatingFactory(link=link, rater=client.user, stance=-1)
    return " ".join(before.split()), " ".join(text(client.get(url)).split())


def test_once_graded_the_page_shows_what_others_made_of_it_and_what_readers_see(claim, editor):
    before, after = before_and_after_grading(editor, claim, address(claim))
    assert "gradings: −−, −−, −" in after
    assert "gradings: " not in before
    assert "Grade first, see later" in before
    assert "Readers see: <strong>" in after


def test_once_graded_the_list_shows_the_state_and_the_gap(claim, editor):
    before, after = before_and_after_grading(editor, claim, listing(Claim))
    assert "grade its reports first" in before
    assert "contradicts" not in before
    assert "contradicts" in after


def test_once_graded_its_snapshots_are_shown(claim, editor):
    before, after = before_and_after_grading(editor, claim, listing(Snapshot))
    assert 'id="result_list"' not in before
    assert "contradicts" in after.split('id="result_list"')[1]


def test_once_graded_the_first_page_shows_what_moved(claim, editor):
    before, after = before_and_after_grading(editor, claim, reverse("admin:index"))
    assert 'id="desk-moved"' not in before
    assert 'id="desk-moved"' in after


def test_whoever_has_to_decide_may_ask_to_see_what_readers_see(proposal, publisher):
    """Knowingly: the page says that it comes before grading."""
    page = text(publisher.get(f"{address(proposal)}?effects=all"))
    assert "→" in page
    assert "grade its reports, and you see how it moves" not in page


def test_once_graded_a_proposal_shows_what_it_would_do(claim, proposal, publisher):
    before, after = before_and_after_grading(publisher, claim, address(proposal))
    assert "grade its reports, and you see how it moves" in before
    assert "→" not in before.split("What it would do")[1]
    assert "→" in after.split("What it would do")[1]


def test_having_graded_one_report_tells_nothing_of_the_others(claim, editor):
    RatingFactory(link=claim.links.first(), rater=editor.user, stance=-1)
    page = text(editor.get(address(claim)))
    assert page.count("gradings: ") == 1
    assert page.count("not graded by you: counts nothing here") == 2
    assert "Gap, by what you have graded" in page


def test_of_gradings_a_history_tells_that_they_were_made_and_not_what_they_say(editor, colleague, claim):
    send(colleague, address(claim), {"links-0-stance": "2"})
    for record in (claim, claim.links.first().evidence):
        past = text(editor.get(address(record, "history"))).split("<tbody>")[1].split("</tbody>")[0]
        assert "+" not in past
