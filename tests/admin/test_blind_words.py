"""The second grader sees nothing of what the first wrote: neither why, nor how it bears, nor whom it serves.

The desk is asked for the same pages in two worlds, which differ only in what the first grader wrote of a report.
"""

import pytest
from django.urls import reverse

from claims.actions import grade_links, pending_proposal, undo_step
from claims.models import Claim, DeskStep, Evidence, EvidenceLink, Grading, Rating
from tests.actions.desk import known
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, RatingFactory

from .posting import address, as_served, listing, post, send, text
from .test_blind import CHANGING, differing, get, pages_of

WORDS = "The trucks were counted, and they are too few."
FIRST = {"rationale": WORDS, "directness": "indirect", "interested": True,
         "translations": {"ar": {"rationale": "عُدّت الشاحنات", "by": "A. T."}}}  # fmt: skip
OTHER = {"rationale": "", "directness": "direct", "interested": False, "translations": {}}
OWN = "Two of them were empty."  # the first grader's own reason, a part of their grading
GRADED = {"rationale": OWN, "decisive_clause": "fewer than ten trucks",
          "translations": {"ar": {"rationale": "كانت اثنتان منها فارغتين", "by": "A. T."}}}  # fmt: skip
OTHERWISE = {"rationale": "", "decisive_clause": "", "translations": {}}
blind = pytest.mark.parametrize("who", ["editor", "publisher", "chief"])


@pytest.fixture
def link(colleague):
    """A report that a colleague has linked, explained and graded; nobody else has."""
    report = EvidenceFactory(published=True, url="https://report.example/1")
    link = EvidenceLinkFactory(claim=ClaimFactory(published=True), evidence=report, changed_by=colleague.user)
    link.ratings.all().delete()
    RatingFactory(link=link, rater=colleague.user, stance=-2)
    known(link.claim)
    return link


def in_both_worlds(link, ask):
    answers = []
    for words, graded in ((FIRST, GRADED), (OTHER, OTHERWISE)):
        EvidenceLink.objects.filter(pk=link.pk).update(**words)
        for model in (Rating, Grading):
            model.objects.filter(link=link).update(**graded)
        answers.append({name: CHANGING.sub("", body(answer)) for name, answer in ask()})
    return answers


def body(answer):
    return b"".join(answer).decode() if answer.streaming else text(answer)


@blind
def test_no_page_list_or_history_tells_what_the_first_one_wrote(link, request, who):
    client = request.getfixturevalue(who)
    urls = [
        *pages_of(link.claim), reverse("admin:index"), f"{listing(Claim)}?_facets=True",
        f"{listing(Evidence)}?_facets=True", f"{listing(Claim)}?links__rationale__contains=trucks",
        f"{listing(Evidence)}?links__interested=1", f"{listing(Evidence)}?links__directness=indirect",
        f"{listing(Claim)}?q=trucks", f"{listing(Claim)}?links__ratings__rationale__contains=empty",
        f"{listing(Evidence)}?links__gradings__rationale__contains=empty", f"{listing(Claim)}?q=empty",
        f"{listing(Evidence)}?q=empty", reverse("evidence", args=[link.evidence.slug]),
        reverse("claim", args=[link.claim.slug]), reverse("claim-dossier", args=[link.claim.slug]),
        *(reverse(name) for name in ("claims-csv", "evidence-csv", "changes-data")),
    ]  # fmt: skip
    answers = in_both_worlds(link, lambda: [(url, get(client, url)) for url in urls])
    assert not differing(answers)
    for words in (WORDS, OWN):
        assert words not in " ".join(answers[0].values())


@blind
def test_no_completion_proposal_or_undo_tells(link, colleague, request, who):
    client = request.getfixturevalue(who)
    send(colleague, address(link.claim), {"criterion": "Month by month.", "why": "It was missing."})
    step = DeskStep.objects.create(
        by=colleague.user,
        at=NOW,
        step="grade",
        kind="evidencelink",
        record_id=link.pk,
        label="It",
        after=GRADED,
    )
    completion = {"app_label": "claims", "model_name": "evidencelink", "field_name": "claim", "term": "empty"}

    def ask():
        yield "completion", client.get(reverse("admin:autocomplete"), completion)
        yield "proposal", get(client, address(pending_proposal(link.claim)))
        yield "undo", post(client, reverse("admin:claims_deskstep_undo", args=[step.pk]), {})
        yield "first page", get(client, reverse("admin:index"))

    answers = in_both_worlds(link, lambda: list(ask()))
    assert not differing(answers)
    assert OWN not in " ".join(answers[0].values())


@pytest.mark.parametrize("stance", ["", "-2", "2"])
def test_no_preview_tells_by_the_weight_of_a_stance_that_is_tried(link, editor, stance):
    url = reverse("admin:claims_claim_preview", args=[link.claim_id])
    form = as_served(editor.get(address(link.claim))) | {"links-0-stance": stance}
    assert not differing(in_both_worlds(link, lambda: [("preview", editor.post(url, form))]))


def test_no_refused_form_tells(link, editor):
    form = as_served(editor.get(address(link.claim))) | {
        "valid_until": "1999",
        "links-0-rationale": "Otherwise.",
    }
    ask = lambda: [("refused", post(editor, address(link.claim), form))]  # noqa: E731
    assert not differing(in_both_worlds(link, ask))


def test_the_second_gives_a_reason_of_their_own_and_both_see_both_afterwards(link, editor, colleague):
    for model in (Rating, Grading):
        model.objects.filter(link=link).update(**GRADED)
    url = address(link.claim)
    assert OWN not in text(editor.get(url))
    send(editor, url, {
        "links-0-stance": "2", "links-0-own_rationale": "They were trucks all the same.",
        "links-0-own_rationale_ar": "كانت شاحنات مع ذلك", "links-0-own_by_ar": "B. K.",
    })  # fmt: skip
    rating = Rating.objects.get(link=link, rater=editor.user)
    assert (rating.rationale, rating.said_in("rationale", "ar")) == (
        "They were trucks all the same.", "كانت شاحنات مع ذلك",
    )  # fmt: skip
    assert OWN in text(editor.get(url))
    assert "They were trucks all the same." in text(colleague.get(url))
    page = text(editor.get(reverse("evidence", args=[link.evidence.slug])))
    assert OWN in page
    assert "They were trucks all the same." in page


def test_a_reason_without_a_stance_is_refused_and_kept_in_the_form(link, editor):
    answer = send(editor, address(link.claim), {"links-0-own_rationale": "They were trucks."})
    assert "Choose your stance too" in text(answer)
    assert "They were trucks." in text(answer)
    assert Rating.objects.filter(link=link).count() == 1


def test_a_translation_of_a_reason_names_its_translator(link, editor):
    answer = send(editor, address(link.claim), {
        "links-0-stance": "2", "links-0-own_rationale": "Trucks.", "links-0-own_rationale_ar": "شاحنات",
    })  # fmt: skip
    assert "Say who translated it" in text(answer)


def test_where_a_reason_changes_its_translation_goes_unless_it_changes_too(link, colleague):
    for model in (Rating, Grading):
        model.objects.filter(link=link).update(**GRADED)
    send(colleague, address(link.claim), {"links-0-own_rationale": "One of them was empty."})
    rating = Rating.objects.get(link=link)
    assert (rating.rationale, rating.translations) == ("One of them was empty.", {})


def test_a_grading_of_the_second_leaves_the_words_of_the_first_as_they_are(link, editor):
    EvidenceLink.objects.filter(pk=link.pk).update(**FIRST)
    send(editor, address(link.claim), {
        "links-0-stance": "2", "links-0-rationale": "Mine.", "links-0-directness": "direct", "why": "Graded.",
    })  # fmt: skip
    stored = EvidenceLink.objects.get(pk=link.pk)
    assert {name: getattr(stored, name) for name in FIRST} == FIRST
    assert Rating.objects.get(link=link, rater=editor.user).stance == 2


def test_once_graded_the_words_of_the_first_are_shown(link, editor):
    EvidenceLink.objects.filter(pk=link.pk).update(**FIRST)
    RatingFactory(link=link, rater=editor.user, stance=1)
    assert WORDS in text(editor.get(address(link.claim)))


def test_whoever_wrote_the_words_and_has_not_graded_goes_on_seeing_them(link, editor):
    EvidenceLink.objects.filter(pk=link.pk).update(**FIRST, changed_by=editor.user)
    assert WORDS in text(editor.get(address(link.claim)))


def test_the_report_is_one_click_from_its_row(link, editor):
    opens = '<a class="desk-report" href="https://report.example/1"'
    assert opens in text(editor.get(reverse("admin:index"))).split('id="desk-to_grade"')[1]
    assert 'href="https://report.example/1"' in text(editor.get(address(link.claim)))


# The first stance ----------------------------------------------------------------------------------------------------


def first(link, user):
    return Rating.objects.get(link=link, rater=user).first_stance


def hidden(link):
    """Readers do not see the report, so that a grading can be taken back and undone."""
    EvidenceLink.objects.filter(pk=link.pk).update(evidence=EvidenceFactory())
    return EvidenceLink.objects.get(pk=link.pk)


def test_taking_a_grading_back_and_giving_another_does_not_rewrite_the_first_stance(link, editor):
    link = hidden(link)
    for stance in (2, None, -1):
        grade_links({link: stance}, by=editor.user, now=NOW, reason="Read again.")
    assert first(link, editor.user) == 2


def test_neither_does_an_undone_grading(link, editor):
    link = hidden(link)
    grade_links({link: 2}, by=editor.user, now=NOW)
    undo_step(DeskStep.objects.filter(by=editor.user).latest("pk"), by=editor.user, now=NOW)
    assert not Rating.objects.filter(link=link, rater=editor.user).exists()
    grade_links({link: -2}, by=editor.user, now=NOW)
    assert first(link, editor.user) == 2


def test_a_grading_that_was_loaded_keeps_its_first_stance_when_it_is_taken_back(link, colleague):
    link = hidden(link)
    Rating.objects.filter(rater=colleague.user).update(stance=1, first_stance=-2)
    for stance in (None, 2):
        grade_links({link: stance}, by=colleague.user, now=NOW)
    assert first(link, colleague.user) == -2
