"""The list of claims: each filter, the counts beside its choices, the orders, and the pages."""

import re

import pytest

from claims.models import Claim
from tests.factories import ClaimFactory, StatementFactory
from tests.views.page import parameters

pytestmark = pytest.mark.django_db
on_syria = pytest.mark.usefixtures("syria")

PAST = "as_of=2024-12-31"
FILTERS = [
    ("speaker=orabi-orabi", {"statement__speaker__slug": "orabi-orabi"}),
    ("speaker=orabi-orabi&speaker=united-states", {"statement__speaker__slug__in": ["orabi-orabi", "united-states"]}),
    ("standing=expert", {"statement__speaker__standing": "expert"}),
    ("kind=denial", {"kind": "denial"}),
    ("kind=denial&kind=fact", {"kind__in": ["denial", "fact"]}),
    ("state=stale", {"gap__state": "stale"}),
    ("gap_min=60", {"gap__headline__gte": 60}),
    ("gap_min=40&gap_max=60", {"gap__headline__range": (40, 60)}),
    ("said_from=2022", {"statement__said_on__gte": "2022"}),
    ("said_to=2021-12-31", {"statement__said_on__first__lte": "2021-12-31"}),
    ("topic=humanitarian-access", {"topics__slug": "humanitarian-access"}),
    ("q=ceasefires", {"proposition__icontains": "ceasefires"}),
    ("kind=priority&state=conflicting&speaker=antony-blinken", {
        "kind": "priority", "gap__state": "conflicting", "statement__speaker__slug": "antony-blinken",
    }),
]  # fmt: skip


def listed(page):
    return [row.one("h3").text for row in page.all("li", "claim-row")]


@on_syria
@pytest.mark.parametrize(("query", "lookup"), FILTERS, ids=[query for query, _ in FILTERS])
def test_a_filter_leaves_the_claims_that_it_names(look, query, lookup):
    claims = Claim.objects.filter(**lookup)
    assert 0 < claims.count() < 21
    assert sorted(listed(look(f"/claims/?{query}"))) == sorted(map(str, claims))


@on_syria
def test_a_topic_and_a_place_hold_what_lies_within_them(look):
    assert len(listed(look("/claims/?topic=humanitarian-aid"))) > len(
        listed(look("/claims/?topic=humanitarian-access"))
    )
    assert len(listed(look("/claims/?place=syria"))) > Claim.objects.filter(places__slug="syria").count()


@on_syria
@pytest.mark.parametrize("day", ["", f"&{PAST}"])
@pytest.mark.parametrize(
    "others", ["", "kind=priority", "state=conflicting", "speaker=antony-blinken&kind=denial", "gap_min=50"]
)
def test_the_count_beside_a_choice_is_what_choosing_it_alone_would_leave(look_again, others, day):
    page = look_again(f"/claims/?{others}{day}")
    checked = 0
    for box in page.all("input", type="checkbox"):
        name, value = box.attributes["name"], box.attributes["value"]
        rest = "&".join(f"{n}={v}" for n, v in parameters(page.address) if n != name)
        count = int(
            next(above for above in box.ancestors() if above.tag == "label").one("span", "count").text
        )
        assert len(listed(look_again(f"/claims/?{rest}&{name}={value}"))) == count, (name, value)
        checked += 1
    assert checked > 5


@on_syria
@pytest.mark.parametrize("day", ["", f"&{PAST}"])
@pytest.mark.parametrize(("order", "down"), [("widest", True), ("narrowest", False)])
def test_claims_are_ranked_by_their_gap(look, order, down, day):
    numbers = [row.one("p", "gap").text for row in look(f"/claims/?sort={order}{day}").all("li", "claim-row")]
    ranked = [int(text[:2]) for text in numbers if text != "—"]
    assert len(ranked) > 5
    assert ranked == sorted(ranked, reverse=down)
    assert set(numbers[len(ranked) :]) == {"—"}


@on_syria
def test_the_latest_and_the_earliest_words_come_first_where_asked(look):
    latest, earliest = (listed(look(f"/claims/?sort={order}")) for order in ("latest", "earliest"))
    said = {str(claim): claim.statement.said_on.first for claim in Claim.objects.select_related("statement")}
    scored = set(map(str, Claim.objects.filter(gap__headline__isnull=False)))
    for names, is_reversed in ((latest, True), (earliest, False)):
        # Claims without a verdict come after all others.
        n = sum(name in scored for name in names)
        assert set(names[:n]) == scored
        for part in (names[:n], names[n:]):
            days = [said[name] for name in part]
            assert days == sorted(days, reverse=is_reversed)


@on_syria
@pytest.mark.parametrize("day", ["", f"?{PAST}"])
def test_claims_without_a_verdict_are_folded_behind_their_number(look, day):
    page = look(f"/claims/{day}")
    fold = page.one("section", id_="found").one("details", "unscored")
    rows = fold.all("li", "claim-row")
    assert "open" not in fold.attributes
    assert fold.one("summary").text == f"{len(rows)} claims without a verdict"
    assert {row.one("p", "gap").text for row in rows} == {"—"}
    outside = [row for row in page.all("li", "claim-row") if row not in rows]
    assert outside
    assert "—" not in {row.one("p", "gap").text for row in outside}


@on_syria
@pytest.mark.parametrize("query", ["state=insufficient", "q=isis", "sort=moved"])
def test_nothing_is_folded_where_a_reader_looks_for_it(look, query):
    page = look(f"/claims/?{query}")
    assert listed(page)
    assert not page.one("section", id_="found").all("details", "unscored")


def test_a_list_of_claims_without_any_verdict_stands_open(look):
    speaker = ClaimFactory(published=True).statement.speaker
    assert "open" in look(f"/claims/?speaker={speaker.slug}").one("details", "unscored").attributes


@on_syria
def test_a_row_has_one_verdict_in_the_words_of_the_filter(look):
    page = look("/claims/")
    offered = {
        box.attributes["value"]: next(above for above in box.ancestors() if above.tag == "label")
        .all("span")[0]
        .text
        for box in page.all("input", type="checkbox", name="state")
    }
    for row in page.all("li", "claim-row"):
        verdict = row.one("p", "outcome").text.rpartition(" · ")[2].removesuffix(" (tentative)")
        assert verdict in offered.values()
        rest = row.one("div", "how").text.replace(row.one("p", "outcome").text, "")
        assert not [words for words in offered.values() if words in rest]


@on_syria
def test_the_mean_comes_after_the_key_that_says_what_a_gap_is(look):
    source = look("/claims/").source
    assert source.index("0 matches what happened, 100 contradicts it") < source.index("mean gap")


@on_syria
@pytest.mark.parametrize("kind", ["topics", "places"])
@pytest.mark.parametrize("day", ["", f"?{PAST}"])
def test_the_number_of_claims_in_a_list_of_topics_or_places_is_that_of_their_pages(look, kind, day):
    page = look(f"/{kind}/{day}")
    items = page.one("ul", "plain").all("li")
    assert len(items) > 3
    for item in items:
        told = re.search(r"(\d+) claims?\b", item.one("p", "meta").text)
        rows = look(page.address_of(item.one("h2").one("a"))).all("li", "claim-row")
        assert len(rows) == int(told[1] if told else 0)


@on_syria
def test_the_chosen_order_is_marked_and_the_choices_stay_chosen(look):
    page = look("/claims/?kind=denial&topic=sanctions&said_to=2021&q=the&sort=doubt")
    assert page.one("p", "sorts").one("b").text == "Most uncertain"
    assert "checked" in page.one("input", type="checkbox", value="denial").attributes
    assert page.one("input", id_="id_said_to").attributes["value"] == "2021"
    assert page.one("input", id_="q").attributes["value"] == "the"
    for link in page.one("p", "sorts").all("a"):
        kept = dict(parameters(page.address_of(link)))
        assert (kept["kind"], kept["said_to"], kept["q"]) == ("denial", "2021", "the")


@on_syria
def test_what_moved_is_said_with_its_day(look):
    first = look("/claims/?sort=moved").all("li", "claim-row")[0]
    assert " on " in first.one("div", "how").text
    assert "→" in first.text or "first verdict" in first.text


def test_a_choice_that_leaves_nothing_says_so_and_leads_back(look):
    ClaimFactory(published=True)
    page = look("/claims/?q=unicorn")
    assert "No claim fits this choice." in page.main.text
    assert any(page.address_of(link) == "/claims/" for link in page.one("div", "empty").all("a"))


@on_syria
@pytest.mark.parametrize("day", ["", f"&{PAST}"])
def test_a_choice_that_leaves_nothing_says_what_each_one_hides(look, day):
    page = look(f"/claims/?q=ceasefires+unicorns&kind=denial&kind=fact&speaker=antony-blinken{day}")
    hidden = {item.one("a").text: item for item in page.one("ul", "loosen").all("li")}
    assert list(hidden) == [
        "without Search: “ceasefires unicorns”",
        "without Speaker: Antony Blinken", "without Kind: denial, fact",
        "without the word “ceasefires”", "without the word “unicorns”",
    ]  # fmt: skip
    for item in hidden.values():
        others = look(page.address_of(item.one("a")))
        assert len(listed(others)) == int(item.one("span", "count").text)
    assert int(hidden["without Search: “ceasefires unicorns”"].one("span", "count").text) > 0


@on_syria
def test_what_was_chosen_stays_chosen_though_it_leaves_nothing(look):
    page = look("/claims/?q=unicorns&kind=denial&speaker=antony-blinken&state=stale&topic=sanctions")
    for value in ("denial", "antony-blinken", "stale"):
        assert "checked" in page.one("input", type="checkbox", value=value).attributes
    assert "selected" in page.one("option", value="sanctions").attributes


@on_syria
def test_each_choice_can_be_taken_away_by_a_link(look):
    address = (
        "/claims/?q=the&kind=denial&kind=priority&topic=sanctions&gap_min=20&said_to=2022&sort=doubt&page=1"
    )
    page = look(address)
    ways = {
        item.one("span").text: dict(parameters(page.address_of(item.one("a"))))
        for item in page.one("ul", "chosen").all("li")
    }
    assert list(ways) == [
        "Search: “the”", "Topic: Sanctions and accountability", "Kind: denial", "Kind: priority", "Gap from: 20",
        "Said to: 2022",
    ]  # fmt: skip
    assert "q" not in ways["Search: “the”"]
    assert (ways["Kind: denial"]["kind"], ways["Kind: denial"]["sort"]) == ("priority", "doubt")
    assert all("page" not in way for way in ways.values())


@on_syria
@pytest.mark.parametrize("day", ["", f"&{PAST}"])
@pytest.mark.parametrize("others", ["", "kind=priority", "gap_min=50"])
@pytest.mark.parametrize("name", ["topic", "place"])
def test_the_count_in_a_select_is_what_choosing_it_would_leave(look_again, name, others, day):
    page = look_again(f"/claims/?{others}{day}")
    options = page.one("select", id_=f"id_{name}").all("option")[1:]
    assert len(options) > 2
    for option in options:
        count = int(option.text.rpartition("(")[2].rstrip(")"))
        found = look_again(f"/claims/?{others}&{name}={option.attributes['value']}{day}")
        assert len(listed(found)) == count, option.text


@on_syria
def test_words_bring_the_best_match_first_and_other_orders_beside_it(look):
    page = look("/claims/?q=humanitarian")
    assert page.one("p", "sorts").one("b").text == "Best match"
    assert "umanitarian" in listed(page)[0]
    assert look("/claims/?q=humanitarian&sort=widest").one("p", "sorts").one("b").text == "Largest gap"
    for query in ("", "?sort=relevance", "?q=%22&sort=relevance"):
        sorts = look(f"/claims/{query}").one("p", "sorts")
        assert sorts.one("b").text == "Newest"
        assert "Best match" not in sorts.text


@pytest.mark.parametrize("page", [10**18, 2, 0])
def test_a_page_that_the_list_does_not_have_is_not_found(look, page):
    ClaimFactory(published=True)
    look(f"/claims/?page={page}", 404)


def test_pages_of_a_long_list_lead_on_and_back_and_keep_the_choice(look):
    statement = StatementFactory(published=True)
    for _ in range(30):
        ClaimFactory(published=True, statement=statement)
    speaker = statement.speaker.slug
    first = look(f"/claims/?speaker={speaker}&as_of=2026-11-20")
    assert len(listed(first)) == 25
    onward = first.one("a", rel="next")
    second = look(first.address_of(onward))
    assert len(listed(second)) == 5
    assert not set(listed(first)) & set(listed(second))
    assert "page 2 of 2" in second.main.text
    assert not second.all("a", rel="next")
    back = dict(parameters(second.address_of(second.one("a", rel="prev"))))
    assert back == {"speaker": speaker, "as_of": "2026-11-20", "page": "1"}
