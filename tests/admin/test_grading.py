"""Grading: an editor's own stance, the receipt that answers, and the preview that writes nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from claims.actions import rescoring
from claims.domain.gap import METHOD_VERSION
from claims.models import ClaimGap, Correction, EvidenceLink, Rating
from claims.selectors.dossiers import DESK
from claims.selectors.receipts import load_receipt
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    UserFactory,
)
from tests.people import signed_in

from .posting import address, as_served, errors_of, row_of, send, text


def grade(client, link, stance, **more):
    url = address(link.claim)
    row = row_of(client.get(url), link)
    return send(
        client, url, {f"links-{row}-stance": stance} | {f"links-{row}-{k}": v for k, v in more.items()}
    )


def test_a_stance_is_stored_replaced_and_taken_back(editor):
    link = EvidenceLinkFactory()
    grade(editor, link, "-2")
    assert [(r.stance, r.rater) for r in Rating.objects.all()] == [(-2, editor.user)]
    grade(editor, link, "1")
    assert [r.stance for r in Rating.objects.all()] == [1]
    grade(editor, link, "")
    assert not Rating.objects.exists()


def graded_once(claim, number):
    """Published reports that one editor has graded: they wait for a second one."""
    links = [
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True)) for _ in range(number)
    ]
    for link in links:
        RatingFactory(link=link, stance=-2)
    return links


def test_one_editor_makes_no_verdict_and_a_second_one_does(editor, publisher):
    claim = ClaimFactory(published=True)
    links = [EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True)) for _ in range(3)]
    stances = {f"links-{number}-stance": "-2" for number in range(3)}
    send(editor, address(claim), stances)
    assert (ClaimGap.objects.get().state, len(EvidenceLink.objects.public())) == ("no_evidence", 0)
    send(publisher, address(claim), stances)
    assert (ClaimGap.objects.get().state, len(EvidenceLink.objects.public())) == ("contradicts", len(links))


def test_a_further_grading_that_turns_a_verdict_gives_notice_by_itself(editor):
    claim = ClaimFactory(published=True)
    links = graded_once(claim, 3)
    send(editor, address(claim), {f"links-{number}-stance": "-2" for number in range(3)})
    for _ in range(2):
        further = signed_in(UserFactory(editor=True))
        send(further, address(claim), {f"links-{number}-stance": "2" for number in range(3)})
    assert Rating.objects.filter(link__in=links).count() == 12
    assert "One more editor graded" in Correction.objects.get(claim=claim).what_was_wrong


@pytest.mark.parametrize(("field", "part"), [("decisive_clause", "clause"), ("own_rationale", "reason")])
def test_what_is_typed_without_a_stance_is_refused_and_kept(editor, field, part):
    claim = ClaimFactory()
    graded_once(claim, 1)
    answer = send(editor, address(claim), {f"links-0-{field}": "It shows it."})
    assert f"Choose your stance too: the {part} is a part of your grading." in errors_of(answer)
    assert answer.context["inline_admin_formsets"][0].formset.forms[0][field].value() == "It shows it."


def test_a_changed_mind_about_what_readers_see_needs_its_reason(editor):
    claim = ClaimFactory(published=True)
    (link,) = graded_once(claim, 1)
    grade(editor, link, "-2")
    answer = grade(editor, link, "-1")
    assert "Say why you change your mind" in errors_of(answer)
    assert answer.context["inline_admin_formsets"][0].formset.forms[0]["stance"].value() == "-1"
    send(editor, address(claim), {"links-0-stance": "-1", "why": "The second source is less sure."})
    assert Rating.objects.get(rater=editor.user).stance == -1


def test_one_of_two_gradings_that_readers_see_is_not_taken_back(editor):
    claim = ClaimFactory(published=True)
    (link,) = graded_once(claim, 1)
    grade(editor, link, "-2")
    answer = send(editor, address(claim), {"links-0-stance": "", "why": "I was too quick."})
    assert "Grade it as context instead" in errors_of(answer)
    assert Rating.objects.filter(rater=editor.user).exists()


def test_grading_scores_in_the_same_save_and_only_once(editor, monkeypatch):
    claim = ClaimFactory(published=True)
    links = graded_once(claim, 3)
    scored = []
    whole = rescoring._score_batch

    def counted(*args, **kwargs):
        scored.append(1)
        return whole(*args, **kwargs)

    monkeypatch.setattr(rescoring, "_score_batch", counted)
    page = editor.get(address(claim))
    send(editor, address(claim), {f"links-{row_of(page, link)}-stance": "-2" for link in links})
    gap = ClaimGap.objects.get(claim=claim)
    assert (gap.contradicting, gap.method) == (3.0, METHOD_VERSION)
    assert scored == [1]


def test_an_editor_rates_only_in_their_own_name(editor, publisher):
    link = EvidenceLinkFactory()
    theirs = RatingFactory(link=link, rater=publisher.user, stance=2)
    page = editor.get(address(link.claim))
    assert page.context["inline_admin_formsets"][0].formset.forms[0].initial["stance"] is None
    row = row_of(page, link)
    send(editor, address(link.claim), {f"links-{row}-stance": "-1", "rater": publisher.user.pk, f"links-{row}-rater": publisher.user.pk})  # fmt: skip  # noqa: E501
    theirs.refresh_from_db()
    assert theirs.stance == 2
    assert Rating.objects.get(rater=editor.user).stance == -1


def test_a_stance_outside_the_five_is_refused(editor):
    link = EvidenceLinkFactory()
    answer = grade(editor, link, "7")
    assert errors_of(answer)
    assert not Rating.objects.exists()


def test_a_user_without_the_right_to_rate_cannot_by_a_crafted_post(editor):
    link = EvidenceLinkFactory()
    url = address(link.claim)
    editor.user.groups.get().permissions.remove(
        *editor.user.groups.get().permissions.filter(codename="add_rating")
    )
    send(editor, url, {"links-0-stance": "-2"})
    assert not Rating.objects.exists()


def test_a_report_is_tied_to_a_claim_and_graded_in_one_save(editor):
    claim, evidence = ClaimFactory(), EvidenceFactory()
    new = {"links-0-evidence": evidence.pk, "links-0-stance": "-2", "links-0-directness": "indirect", "links-0-rationale": "It shows the cut."}  # fmt: skip  # noqa: E501
    send(editor, address(claim), new)
    link = EvidenceLink.objects.get()
    assert (link.evidence, link.directness, link.created_by) == (evidence, "indirect", editor.user)
    assert link.ratings.get().stance == -2


def test_a_report_is_graded_from_its_own_page_too(editor):
    evidence, claim = EvidenceFactory(), ClaimFactory()
    send(editor, address(evidence), {"links-0-claim": claim.pk, "links-0-stance": "2"})
    assert EvidenceLink.objects.get(claim=claim).ratings.get().stance == 2


def test_the_same_report_twice_on_one_claim_is_refused_in_words(editor):
    link = EvidenceLinkFactory()
    answer = send(editor, address(link.claim), {"links-1-evidence": link.evidence.pk})
    assert "tied to this claim already" in errors_of(answer)
    other = EvidenceFactory()
    twice = {"links-TOTAL_FORMS": 3, "links-1-evidence": other.pk, "links-2-evidence": other.pk}
    with zeal_ignore():  # each new row looks its report up
        answer = send(editor, address(link.claim), twice)
    assert "tied to this claim already" in errors_of(answer)
    assert EvidenceLink.objects.count() == 1


def test_a_stored_link_stays_between_its_two_ends(editor):
    link = EvidenceLinkFactory()
    send(
        editor,
        address(link.claim),
        {"links-0-evidence": EvidenceFactory().pk, "links-0-rationale": "New words."},
    )
    link.refresh_from_db()
    assert link.rationale == "New words."
    assert EvidenceLink.objects.get().evidence_id == link.evidence_id


def test_a_link_that_readers_see_is_not_deleted(editor):
    link = EvidenceLinkFactory(published=True, stance=-2)
    answer = send(editor, address(link.claim), {"links-0-DELETE": "on"})
    assert "has been published and is not deleted" in errors_of(answer)
    assert EvidenceLink.objects.exists()


def test_a_draft_link_is_deleted_and_the_gap_follows(editor):
    link = EvidenceLinkFactory()
    RatingFactory(link=link, rater=editor.user)
    send(editor, address(link.claim), {"links-0-DELETE": "on"})
    assert not EvidenceLink.objects.exists()


def test_the_page_shows_a_receipt_that_adds_up_to_the_gap(editor):
    claim = ClaimFactory(published=True)
    for stance in (-2, -1, 2):
        evidence = EvidenceFactory(published=True, credibility=2)
        link = EvidenceLinkFactory(claim=claim, evidence=evidence, stance=stance)
        RatingFactory(link=link, rater=editor.user, stance=stance)
    page = editor.get(address(claim))
    found = page.context["receipt"]
    points = [float(row.points.replace("−", "-")) for row in found.rows]
    assert round(50 + sum(points), 2) == round(found.gap.gap, 2)
    for row in found.rows:
        assert row.points in text(page)
    assert f"{found.gap.gap:.2f}" in text(page)


def test_drafts_count_on_the_desk_and_not_for_readers(editor):
    claim = ClaimFactory(published=True)
    for _ in range(2):
        RatingFactory(link=EvidenceLinkFactory(claim=claim), rater=editor.user, stance=-2)
    page = editor.get(address(claim))
    assert page.context["receipt"].gap.contradicting == 2
    assert "Readers see: <strong>No evidence yet</strong>" in " ".join(text(page).split())


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"evidence__credibility": None, "stance": -2}, "no grade: counts nothing yet"),
        ({"stance": -2}, "not graded by you: counts nothing here"),
        ({"evidence__credibility": 5, "own": -2}, "leave it no weight"),
        ({"own": -2}, "waits for a second editor’s grading"),
        ({"own": -2, "stance": 1}, "gradings differ in sign: −−, +, +"),
        ({"own": -2, "stance": -1}, "gradings: −−, −, −"),
    ],
)
def test_a_report_says_why_it_counts_as_it_does(editor, changes, note):
    own = changes.get("own")
    link = EvidenceLinkFactory(**{name: value for name, value in changes.items() if name != "own"})
    if own is not None:
        RatingFactory(link=link, rater=editor.user, stance=own)
    assert note in text(editor.get(address(link.claim)))


def preview_of(claim):
    return reverse("admin:claims_claim_preview", args=[claim.pk])


def test_the_preview_answers_as_the_save_would_and_writes_nothing(editor):
    claim = ClaimFactory(published=True)
    links = [EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True)) for _ in range(2)]
    new = EvidenceFactory(published=True)
    page = editor.get(address(claim))
    changes = {f"links-{row_of(page, link)}-stance": "-2" for link in links}
    changes |= {"links-2-evidence": new.pk, "links-2-stance": "1", "links-2-directness": "indirect"}
    data = as_served(page) | changes
    answer = editor.post(preview_of(claim), data).json()
    assert not Rating.objects.exists()
    assert EvidenceLink.objects.count() == 2
    editor.post(address(claim), data | {"_continue": "1"})
    found = load_receipt(claim, timezone.localdate(), DESK)
    assert answer["sum"] == f"{found.gap.gap:.2f}"
    assert {row["points"] for row in answer["rows"].values()} == {row.points for row in found.rows}
    assert f'data-label="{found.gap.gap:.0f}"' in answer["panel"]


def test_the_preview_counts_what_others_rated_once_the_editor_has_graded(editor, publisher):
    link = EvidenceLinkFactory(stance=None)
    RatingFactory(link=link, rater=publisher.user, stance=-2)
    data = as_served(editor.get(address(link.claim))) | {"links-0-stance": "0"}
    answer = editor.post(preview_of(link.claim), data).json()
    assert answer["rows"]["links-0"]["mass"] == "0.00"  # context, and nothing of what the other one thinks
    grade(editor, link, "-1")
    answer = editor.post(preview_of(link.claim), data).json()
    assert answer["rows"]["links-0"]["mass"] == "0.50"  # the median of −2 and 0


def test_the_preview_shrugs_at_nonsense(editor):
    link = EvidenceLinkFactory(stance=-2)
    nonsense = {
        "links-TOTAL_FORMS": "1e9", "kind": "no such kind", "valid_until": "never",
    }  # fmt: skip
    assert editor.post(preview_of(link.claim), nonsense).status_code == 400
    assert editor.post(preview_of(link.claim), nonsense | {"links-TOTAL_FORMS": "1"}).status_code == 200
    nonsense = {"links-TOTAL_FORMS": "3", "links-0-id": "x", "links-1-evidence": "9" * 40, "links-2-id": link.pk, "links-2-stance": "99", "links-2-directness": "?"}  # fmt: skip  # noqa: E501
    assert editor.post(preview_of(link.claim), nonsense).status_code == 200


def test_the_preview_is_for_those_who_may_change_the_claim(editor, outsider, client):
    claim = ClaimFactory()
    assert editor.get(preview_of(claim)).status_code == 405
    assert outsider.post(preview_of(claim)).status_code == 403
    assert client.post(preview_of(claim)).status_code == 302
    assert editor.post(preview_of(claim).replace(str(claim.pk), "999999")).status_code == 404
