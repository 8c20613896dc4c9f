"""Very many of anything: a page tells a bounded part of them, says so, and leads to the rest."""

from decimal import Decimal

import pytest

from claims.actions import record_outside_changes
from claims.domain import history
from claims.drawing import gap_bar, gap_line
from claims.selectors import receipt_lens
from claims.selectors.evidence_pages import EvidencePage, rows_in_page_order
from claims.selectors.receipts import load_receipt
from claims.views import claims as views
from claims.views import facets, records
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    RatingFactory,
    SearchNoteFactory,
    SourceFactory,
    StatementFactory,
    TopicFactory,
    UserFactory,
)
from tests.views.page import sum_of_points

pytestmark = pytest.mark.django_db

AT_ONCE, MANY = 8, 23


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """So that few are very many."""
    for module, name, most in [
        (views, "AT_ONCE", AT_ONCE), (gap_bar, "MAX_BAR_BLOCKS", 3),
        (gap_line, "MAX_REPORT_MARKS", 6),
        (history, "MAX_LINE_POINTS", 12), (receipt_lens, "MOST_OFFERED", 5), (facets, "MOST_OFFERED", 4),
        (records, "MOST_ECHOES", 3),
    ]:  # fmt: skip
        monkeypatch.setattr(module, name, most)


def reported(claim, n, editors):
    """A published report that two editors have graded."""
    known = f"2022-{n % 12 + 1:02}-{n + 1:02}"
    evidence = EvidenceFactory(
        published=True, event=known, known=known, credibility=n % 3 + 1, source=SourceFactory()
    )
    link = EvidenceLinkFactory(claim=claim, evidence=evidence)
    for editor in editors:
        RatingFactory(link=link, rater=editor, stance=(-2, -1, 1, 0, 2)[n % 5])


@pytest.fixture
def claim():
    claim = ClaimFactory(published=True)
    editors = UserFactory.create_batch(2, editor=True)
    for n in range(MANY):
        reported(claim, n, editors)
    return claim


def number(points):
    return Decimal(points.replace("−", "-"))


def told_on(page):
    return [
        li.attributes["id"]
        for li in page.all("li", "report")
        if li.attributes.get("id", "").startswith("report-")
    ]


def test_every_report_is_told_on_one_page_and_every_page_adds_up_to_the_gap(claim):
    shown = load_receipt(claim, NOW.date())
    rows = rows_in_page_order(shown)
    parts = [EvidencePage(shown, rows[at : at + AT_ONCE]) for at in range(0, len(rows), AT_ONCE)]
    assert len(rows) == MANY
    for name in ("contradicting", "supporting", "context", "late", "weighed"):
        seen = [row.grades.id for part in parts for row in getattr(part, name)]
        assert sorted(seen) == sorted(row.grades.id for row in getattr(shown, name))
    for part in parts:
        whole = sum((number(row.points) for row in part.weighed), 50 + number(part.points_elsewhere))
        assert f"{whole:.2f}" == f"{shown.gap.gap:.2f}"


def test_a_claim_tells_a_part_of_its_reports_and_leads_to_the_rest(client, claim, look):
    address = f"/claims/{claim.slug}/?lens=primary"
    page = look(address)
    assert len(told_on(page)) == AT_ONCE
    assert f"Reports 1 to {AT_ONCE} of {MANY}" in page.one("main").text
    assert f"{sum_of_points(page)[-1]}" == f"{load_receipt(claim, NOW.date()).gap.gap:.2f}"
    assert "more sources move the gap less" in page.one("main").text
    assert len(page.all("input", name="without")) == 5
    assert len(page.all("line", "report-tick")) <= 6
    pages = [page, look(f"{address}&page=2"), look(f"{address}&page=3")]
    assert len({each for other in pages for each in told_on(other)}) == MANY
    assert [other.errors for other in pages] == [[], [], []]
    assert client.get(f"{address}&page=4").status_code == 404


def test_a_line_of_very_many_days_is_thinned_and_says_so(claim, look):
    shown = load_receipt(claim, NOW.date())
    assert len(shown.line) <= 12
    assert (shown.line[0].as_of, shown.line[-1].as_of) == (claim.statement.said_on.last, NOW.date())
    assert shown.days_left_out > 0
    assert "of each stretch only the last day is drawn" in look(f"/claims/{claim.slug}/").one("main").text


def test_a_bar_of_very_many_origins_keeps_its_length(claim):
    shown = load_receipt(claim, NOW.date())
    drawn = gap_bar.draw_gap_bar(shown.dossier, shown.gap)
    sides = [block.side for block in drawn.blocks]
    assert (sides.count("contradicting"), sides.count("supporting")) == (3, 3)
    masses = [sum(gap_bar._origin_masses(shown.dossier, shown.gap, sign)) for sign in (-1, 1)]
    assert masses == pytest.approx([shown.gap.contradicting, shown.gap.supporting])


def test_corrections_and_searches_beyond_those_on_the_page_stand_in_the_history(look, monkeypatch):
    claim = ClaimFactory(published=True)
    CorrectionFactory.create_batch(11, claim=claim)
    SearchNoteFactory.create_batch(51, claim=claim)
    record_outside_changes(now=NOW, reason="Loaded.")
    page = look(f"/claims/{claim.slug}/")
    assert len(page.all("article", "correction")) == 10
    ways = [
        page.address_of(link)
        for link in page.links()
        if link.text in ("All 11 corrections", "All 51 searches")
    ]
    assert [way.rpartition("=")[2] for way in ways] == ["search", "correct"]
    for way in ways:
        assert look(way).all("main")


def test_a_statement_tells_its_claims_a_page_at_a_time(look):
    statement = StatementFactory(published=True)
    ClaimFactory.create_batch(26, published=True, statement=statement)
    pages = [look(f"/statements/{statement.slug}/{query}") for query in ("", "?page=2")]
    assert [len(page.one("ol", "notes").all("li")) for page in pages] == [25, 1]
    heads = [page.one("h2", id_="claims").text for page in pages]
    assert heads == [
        "Claims 1 to 25 of 26, underlined in the words", "Claims 26 to 26 of 26, underlined in the words",
    ]  # fmt: skip
    assert [page.all("b", "number")[0].text for page in pages] == ["1", "26"]


def test_a_report_tells_what_it_bears_on_a_page_at_a_time_and_few_of_its_echoes(look):
    origin = OriginFactory()
    evidence = EvidenceFactory(published=True, origin=origin)
    EvidenceFactory.create_batch(5, published=True, origin=origin)
    for claim in ClaimFactory.create_batch(26, published=True):
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=2)
    pages = [look(f"/evidence/{evidence.slug}/{query}") for query in ("", "?page=2")]
    assert [len(page.all("li", "report")) for page in pages] == [25, 1]
    assert "and others, listed with this one on the claims below" in pages[0].one("dl", "facts-list").text


def test_the_list_of_claims_offers_those_with_the_most_claims_and_whatever_was_chosen(look):
    for n in range(7):
        claims = ClaimFactory.create_batch(
            1 + (n < 4), published=True, statement=StatementFactory(published=True)
        )
        for claim in claims:
            claim.topics.add(TopicFactory(name=f"T{n}") if claim is claims[0] else claims[0].topics.get())
            claim.places.add(PlaceFactory(name=f"P{n}") if claim is claims[0] else claims[0].places.get())
    last = claims[0].statement.speaker
    page = look(f"/claims/?sort=latest&topic={claims[0].topics.get().slug}")
    topics = [option.attributes["value"] for option in page.one("select", id_="id_topic").all("option")]
    assert len(topics) == 1 + 4 + 1
    assert topics[-1] == claims[0].topics.get().slug
    page = look(f"/claims/?speaker={last.slug}")
    speakers = page.all("input", name="speaker", type="checkbox")
    assert len(speakers) == 4 + 1
    assert "2 more have fewer claims." in page.one("form", "filters").text
    ways = look("/claims/").one("form", "filters").all("a")
    assert {"/speakers/", "/topics/", "/places/"} <= {page.address_of(link) for link in ways}
