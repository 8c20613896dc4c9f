"""The home page of the Syria dossier: findings, verdicts by number, how to read them, and what moved."""

import pytest

from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import NOW
from tests.views.page import parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]


def test_it_counts_what_there_is_and_asks_for_no_day_before_its_answers(look_again):
    page = look_again("/")
    claims = Claim.objects.published().count()
    assert f"{claims} claims · " in page.one("header", "opening").text
    headings = [h.text for h in page.all("h2")]
    assert headings == ["Findings", "Latest correction", "How to read it"]
    source = page.source
    assert source.index("as-of") > source.index('id="read"')


def test_three_findings_show_all_sides_each_with_its_answer(look_again):
    articles = look_again("/").one("section", "findings").all("article")
    assert len(articles) == 3
    states = []
    for article in articles:
        slug = article.one("h3").one("a").attributes["href"].split("/")[2]
        claim = Claim.objects.get(slug=slug)
        shown = load_receipt(claim, NOW.date())
        states.append(str(shown.gap.state))
        assert article.one("p", "answer").text == claim.answer
        assert f"{shown.gap.gap:.0f}" in article.one("p", "meta").text
        assert f"{shown.counts.against} event" in article.one("p", "meta").text
    assert "contradict" in states[0]
    assert states[1] in ("conflicting", "mixed")
    assert "match" in states[2]


def test_a_page_of_a_past_day_keeps_back_answers_that_were_written_later(look_again):
    section = look_again("/?as_of=2024-12-31").one("section", "findings")
    assert section.all("article")
    assert not section.all("p", "answer")


@pytest.mark.parametrize(
    ("address", "choice"),
    [
        ("/", []),
        ("/topics/sanctions/", [("topic", "sanctions")]),
        ("/places/syria/", [("place", "syria")]),
        ("/speakers/antony-blinken/", [("speaker", "antony-blinken")]),
    ],
)
@pytest.mark.parametrize("day", ["", "as_of=2024-12-31"])
def test_the_bar_counts_verdicts_and_leads_to_the_claims_of_each(look_again, address, choice, day):
    page = look_again(f"{address}?{day}" if day else address)
    counts = page.one("nav", "verdict-counts")
    links = counts.one("ul").all("a")
    assert links
    for link in links:
        target = page.address_of(link)
        chosen = parameters(target)
        assert chosen[: len(choice)] == choice
        assert [name for name, _ in chosen[len(choice) :]] == ["state", *(["as_of"] if day else [])]
        listed = look_again(target)
        assert len(listed.all("li", "claim-row")) == int(link.one("b").text)
    assert {page.address_of(link) for link in counts.all("svg")[0].all("a")} <= set(
        map(page.address_of, links)
    )


def test_no_part_of_the_bar_that_leads_on_is_too_small_to_hit_on_a_phone(look_again):
    for path in ("/", "/topics/isis/", "/places/syria/"):
        for link in look_again(path).one("nav", "verdict-counts").all("svg")[0].all("a"):
            assert float(link.one("rect").attributes["width"].removesuffix("%")) * 2.88 >= 24


def test_what_is_said_of_the_example_is_so(look_again):
    section = look_again("/").one("section", "how-to-read")
    slug = section.all("a")[0].attributes["href"].split("/")[2]
    claim = Claim.objects.get(slug=slug)
    gap = load_receipt(claim, NOW.date()).gap
    assert claim.criterion in section.text
    assert f"The black mark is the gap, {gap.gap:.0f} of 100" in section.text
    assert f"({gap.low:.0f} to {gap.high:.0f})" in section.text
    assert ("so the verdict is firm" in section.text) == (gap.low >= 50 or gap.high <= 50)


def test_movements_are_told_only_where_something_moved(look_again):
    assert "Recently changed" not in look_again("/").main.text
    page = look_again("/?as_of=2024-12-31")
    assert page.one("section", aria_labelledby="lately").all("figure", "moves")
