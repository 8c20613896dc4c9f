"""Two to four speakers, topics or periods side by side: the same figures as on their own pages."""

import pytest
from django.db.models import Q
from django.test import Client

from claims.domain.dates import PartialDate
from claims.models import Claim, Speaker, Topic
from claims.selectors import claim_lists
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.comparison import OFFERED, compare_subjects
from claims.selectors.receipts import load_receipt
from tests.factories import (
    NOW,
    ClaimFactory,
    ClaimGapFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
)
from tests.views.page import parameters

pytestmark = pytest.mark.django_db
on_syria = pytest.mark.usefixtures("syria")

TWO = "/compare/?speaker=antony-blinken&speaker=senior-syrian-security-official"
TOPICS = "/compare/?topic=humanitarian-aid&topic=isis&topic=sanctions"
PERIODS = "/compare/?period=2021&period=2025-01/2026-06"
TODAY = NOW.date()


def row(page, name):
    """The cells of a measure, one for each that is compared."""
    [found] = [each for each in page.one("table", "beside").all("tr") if each.all("th")[0].text == name]
    return [cell.text for cell in found.all("td")]


def gaps_of(slug):
    claims = Claim.objects.filter(statement__speaker__slug=slug)
    return [load_receipt(claim, TODAY) for claim in claims]


@on_syria
def test_each_has_its_claims_those_with_a_verdict_and_those_without(look_again):
    page = look_again(TWO)
    for place, slug in enumerate(("antony-blinken", "senior-syrian-security-official")):
        shown = gaps_of(slug)
        verdicts = [each.gap.headline for each in shown if each.gap.headline is not None]
        assert row(page, "claims")[place] == str(len(shown))
        assert row(page, "with a verdict")[place] == str(len(verdicts))
        assert row(page, "without a verdict")[place] == str(len(shown) - len(verdicts))


def claims_on(speaker, topics, gaps):
    """A claim of the speaker with each gap; None is no verdict."""
    statement = StatementFactory(published=True, speaker=speaker)
    for gap in gaps:
        claim = ClaimFactory(published=True, statement=statement)
        claim.topics.set(topics)
        state = "mixed" if gap is not None else "insufficient"
        ClaimGapFactory(
            claim=claim,
            state=state,
            gap=50.0 if gap is None else gap,
            headline=gap,
            doubt=None if gap is None else 80.0,
        )


@pytest.fixture
def two():
    """The address of two speakers who share one topic with a verdict; each has another of their own."""
    one, other = SpeakerFactory(), SpeakerFactory()
    aid, war, law = (TopicFactory(name=name) for name in ("Aid", "War", "Law"))
    claims_on(one, [aid], [40.0, 60.0, None])
    claims_on(one, [war], [90.0])
    claims_on(one, [law], [10.0])
    claims_on(other, [aid], [30.0])
    claims_on(other, [law], [None])
    return f"/compare/?speaker={one.slug}&speaker={other.slug}"


def test_gaps_are_averaged_only_on_the_topics_that_all_share_with_the_number_of_claims(look, two):
    page = look(two)
    assert row(page, "Mean gap: Aid") == ["50 over 2 claims", "30 over 1 claim"]
    assert [th.text for th in page.all("th", scope="row") if "gap" in th.text] == ["Mean gap: Aid"]


def test_without_a_shared_topic_no_gap_is_compared_and_the_page_says_so(look):
    one, other = SpeakerFactory(), SpeakerFactory()
    claims_on(one, [TopicFactory()], [40.0])
    claims_on(other, [TopicFactory()], [40.0])
    page = look(f"/compare/?speaker={one.slug}&speaker={other.slug}")
    assert "No gaps are compared" in page.main.text
    assert not [th for th in page.all("th", scope="row") if "gap" in th.text]


@on_syria
def test_topics_are_compared_by_their_verdicts_alone(look_again):
    page = look_again(TOPICS)
    assert "How many claims have each verdict." in page.main.text
    assert not [th for th in page.all("th", scope="row") if "gap" in th.text]


@on_syria
def test_the_gaps_on_a_topic_are_those_of_its_claims(look_again):
    page = look_again(PERIODS)
    shared = [th.text for th in page.all("th", scope="row") if "gap" in th.text]
    assert shared
    for name in shared:
        topic = Topic.objects.get(name=name.removeprefix("Mean gap: "))
        claims = Claim.objects.filter(topics=topic, statement__said_on__last__lte="2021-12-31")
        gaps = [load_receipt(claim, TODAY).gap.headline for claim in claims]
        verdicts = [gap for gap in gaps if gap is not None]
        assert row(page, name)[0].startswith(
            f"{sum(verdicts) / len(verdicts):.0f} over {len(verdicts)} claim"
        )


@on_syria
@pytest.mark.parametrize("address", [TWO, TOPICS, PERIODS, f"{TWO}&as_of=2025-12-31"])
def test_the_verdicts_add_up_to_the_claims_and_the_bar_says_them_too(look_again, address):
    page = look_again(address)
    states = [each for each in page.one("table", "beside").all("tr") if "state" in each.classes]
    for place, bar in enumerate(page.one("table", "beside").all("svg", role="img")):
        counts = {each.one("th").text: int(each.all("td")[place].text) for each in states}
        assert sum(counts.values()) == int(row(page, "claims")[place])
        said = bar.attributes["aria-label"]
        assert all(f"{n} {state}" in said for state, n in counts.items() if n)
        widths = [float(rect.attributes["width"].rstrip("%")) for rect in bar.all("rect")]
        assert sum(widths) == pytest.approx(100, abs=0.5 * len(widths))


@on_syria
@pytest.mark.parametrize("address", [TWO, TOPICS, PERIODS, f"{PERIODS}&as_of=2025-12-31"])
def test_the_number_of_claims_leads_to_the_list_of_just_these(look_again, address):
    page = look_again(address)
    [claims] = [each for each in page.one("table", "beside").all("tr") if each.all("th")[0].text == "claims"]
    for link in claims.all("a"):
        listed = look_again(page.address_of(link))
        assert len(listed.all("li", "claim-row")) == min(int(link.text), 25)


@on_syria
def test_a_comparison_keeps_the_day(look_again):
    page = look_again(f"{TWO}&as_of=2025-12-31")
    assert page.one("div", "banner").text.startswith("As known on 31 December 2025.")
    for link in page.one("table", "beside").all("a"):
        assert ("as_of", "2025-12-31") in parameters(page.address_of(link))
    for form in page.main.all("form", "compare"):
        assert form.one("input", name="as_of").attributes["value"] == "2025-12-31"


@on_syria
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Choose two to four speakers, topics or periods"),
        ("speaker=antony-blinken", "Choose at least one more to compare with Antony"),
        ("speaker=antony-blinken&speaker=antony-blinken", "Choose at least one more to compare with Antony"),
        ("topic=sanctions", "Choose at least one more to compare with"),
        ("period=2021&period=", "Choose at least one more to compare with 2021."),
    ],
)
def test_fewer_than_two_get_the_form_and_an_invitation(look_again, query, words):
    page = look_again(f"/compare/?{query}")
    assert words in page.main.text
    assert not page.all("table", "beside")
    chosen = {value for _, value in parameters(page.address) if value}
    offered = page.main.all("input", type="checkbox", checked="")
    typed = {box.attributes["value"] for box in page.main.all("input", name="period")}
    assert {box.attributes["value"] for box in offered} | (typed & chosen) == chosen


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("speaker=nobody&speaker=no-one", "speaks of “nobody”"),
        ("speaker=a&topic=b", "cannot be mixed"),
        ("period=2021&topic=b", "cannot be mixed"),
        ("period=soon", "“soon” is not a date"),
        ("&".join(f"period=201{n}" for n in range(5)), "At most four"),
        ("&".join(f"topic=t{n}" for n in range(5_000)), "At most four"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(query, words):
    response = Client().get("/compare/", QUERY_STRING=query)
    assert response.status_code == 400
    assert words in response.content.decode()


def test_what_is_not_public_cannot_be_compared_nor_is_it_offered(look):
    hidden = ClaimFactory().statement.speaker
    shown = [ClaimFactory(published=True).statement.speaker for _ in range(2)]
    look(f"/compare/?speaker={hidden.slug}&speaker={shown[0].slug}", 400)
    assert hidden.slug not in look("/compare/").source
    assert look(f"/compare/?speaker={shown[0].slug}&speaker={shown[1].slug}").all("table", "beside")


@on_syria
def test_speakers_topics_and_the_list_lead_here(look_again):
    for path in ("/speakers/antony-blinken/", "/topics/sanctions/", "/claims/"):
        page = look_again(path)
        assert any(page.address_of(link).startswith("/compare/") for link in page.main.all("a")), path


@on_syria
def test_the_columns_agree_with_the_lists_today_and_as_if_it_were_another_day():
    subjects = [*Speaker.objects.filter(slug__in=["antony-blinken", "isis"]), PartialDate.parse("2021")]
    stored, computed = (compare_subjects(subjects, AsOfDay(TODAY, asked=asked)) for asked in (False, True))
    for one, other in zip(stored, computed, strict=True):
        assert (one.claims, one.states, one.topics.keys()) == (
            other.claims,
            other.states,
            other.topics.keys(),
        )
        for topic, gap in one.topics.items():
            assert gap.counted == other.topics[topic].counted
            assert gap.mean == pytest.approx(other.topics[topic].mean)
    period = Claim.objects.filter(Q(statement__said_on__first__lte="2021-12-31"))
    assert stored[2].claims == ClaimGaps(period, AsOfDay(TODAY)).claims.count()


@on_syria
def test_what_would_take_too_long_is_left_out_and_said(look, monkeypatch):
    monkeypatch.setattr(claim_lists, "MOST", 8)  # four for each of two; Blinken has twelve claims
    assert row(look(TWO), "with a verdict")[0] != "—"
    past = look(f"{TWO}&as_of=2025-12-31")
    assert "Antony Blinken: there are too many claims to compute all figures" in past.main.text
    assert row(past, "with a verdict")[0] == "—"
    assert row(past, "claims")[0] == "12"


def test_the_form_offers_no_more_than_a_page_can_hold_and_keeps_what_is_chosen(look):
    for n in range(OFFERED + 2):
        quiet = SpeakerFactory(name=f"{n:03} speaker")
        StatementFactory(published=True, speaker=quiet)
    page = look(f"/compare/?speaker={quiet.slug}")
    boxes = [box.attributes["value"] for box in page.main.all("input", name="speaker")]
    assert len(boxes) == OFFERED + 1
    assert quiet.slug in boxes
