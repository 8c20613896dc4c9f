"""A claim's page: the words, the ground on two sides, the gap and how it came about."""

import re

import pytest

from claims.domain.gap import METHOD_VERSION
from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RatingFactory,
)
from tests.views.page import points_of, sum_of_points, weighed_reports

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

C6 = "/claims/humanitarian-assistance-increased/"
SLUGS = [
    "humanitarian-access-expanded",
    "campaign-against-isis-sustained",
    "local-ceasefires-hold",
    "violence-kept-down",
    "humanitarian-assistance-increased",
    "no-support-for-normalisation",
    "no-sanction-lifted",
    "us-forces-stay-east-of-the-euphrates",
    "isis-kept-out-of-cities",
    "isis-exhausted-and-without-territory",
]
DAYS = ["", "?as_of=2021-10-31", "?as_of=2023-12-31", "?as_of=2025-05-15"]


@pytest.fixture
def c6(look_again):
    return look_again(C6)


@pytest.fixture
def shown():
    return load_receipt(Claim.objects.get(slug="humanitarian-assistance-increased"), NOW.date())


def test_the_words_stand_with_their_span_marked_and_the_rest_of_the_sentence_around_it(c6):
    words = c6.one("blockquote")
    assert words.one("mark").text == "increasing humanitarian assistance"
    assert "keeping violence down; increasing humanitarian assistance and focusing our military" in words.text
    assert (words.text[0], words.text[-1]) == ("“", "”")
    assert words.attributes["lang"] == "en"
    assert words.attributes["dir"] == "ltr"


def test_it_says_who_spoke_in_which_office_when_where_and_by_which_source(c6):
    who = c6.one("p", "who").text
    assert who == "Antony Blinken, US Secretary of State · 13 October 2021"
    parts = (c6.one("header", "words"), c6.one("section", "said"))
    links = {c6.address_of(link) for part in parts for link in part.all("a")}
    assert {"/speakers/antony-blinken/", "/statements/blinken-2021-10-13/", "/places/washington/"} <= links
    statement = Claim.objects.get(slug="humanitarian-assistance-increased").statement
    assert statement.source.get_absolute_url() in links


def test_it_leads_to_the_record_of_the_words_and_to_its_archived_copy(look):
    addresses = {"url": "https://record.example/1", "archived_url": "https://archive.example/1"}
    claim = ClaimFactory(
        published=True, statement__published=True, **{f"statement__{k}": v for k, v in addresses.items()}
    )
    for page in (look(claim.get_absolute_url()), look(claim.statement.get_absolute_url())):
        assert set(addresses.values()) <= {a.attributes["href"] for a in page.main.all("a")}


def test_reported_words_are_not_put_in_quotation_marks(look_again):
    page = look_again("/claims/us-forces-stay-east-of-the-euphrates/")
    assert not {"“", "”"} & set(page.one("blockquote").text)
    assert "Reported in substance, not word for word." in page.main.text


def test_an_expert_and_an_armed_group_are_not_taken_for_officials(look_again):
    assert "expert" in look_again("/claims/isis-exhausted-and-without-territory/").one("p", "who").text
    assert "official" not in look_again(C6).one("p", "who").text
    assert "Armed group" in look_again("/speakers/isis/").main.text


def test_each_report_stands_once_with_its_day_source_grade_points_and_rationale(c6, shown):
    for name in ("contradicting", "supporting"):
        side, rows = c6.one("div", name), shown.side(name)
        items = {item.attributes["id"]: item for item in side.all("li", "report")}
        assert len(side.all("li", "report")) == len(items) == len(rows) > 1
        for row in rows:
            evidence, item = row.link.evidence, items[f"report-{row.link.evidence.slug}"]
            closed, product = item.all("summary")[0].text, item.one("p", "product").text
            assert evidence.summary in closed
            assert evidence.publisher.name in closed
            assert row.link.rationale in item.text
            assert f"source {evidence.publisher.reliability}, " in product
            assert f"report {evidence.credibility}, " in product
            assert ("same event" if row.is_echo else f"{row.points} points") in closed
            if evidence.url:
                assert evidence.url in {a.attributes["href"] for a in item.all("a")}


def test_the_heaviest_event_stands_first_on_each_side_and_its_other_reports_below_it(look):
    claim, origin = ClaimFactory(published=True), OriginFactory()
    light, strong, echo = (
        EvidenceFactory(published=True, credibility=credibility, origin=origin if shared else None)
        for credibility, shared in ((3, False), (1, True), (2, True))
    )
    for evidence in (light, echo, strong):
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2)
    side = look(claim.get_absolute_url()).one("div", "contradicting")
    order = [item.attributes["id"] for item in side.all("li", "report")]
    assert order == [f"report-{evidence.slug}" for evidence in (strong, echo, light)]
    group = side.one("li", "event")
    assert group.all("summary")[0].text == "2 reports of this event, counted once"
    assert [item.attributes["id"] for item in group.all("li", "report")] == [f"report-{echo.slug}"]


def test_the_detail_is_folded_and_the_answer_is_not(c6):
    for name in ("receipt", "turns", "lens", "searched", "carry"):
        fold = next(node for node in c6.one("h2", id_=name).ancestors() if node.tag == "details")
        assert "open" not in fold.attributes
    for part in (c6.one("h2", id_="verdict"), c6.one("blockquote"), c6.one("svg", "bar-page")):
        assert "details" not in [node.tag for node in part.ancestors()]


def test_grades_are_said_in_words_too(c6):
    product = c6.one("div", "contradicting").all("p", "product")[0]
    assert re.search(r"source [A-F], .*reliable.* report [1-6], .* (in)?direct", product.text)
    context = next(item for item in c6.all("li", "report") if not item.all("p", "product"))
    assert re.search(r"[A-F][1-6]: source .*; report .*; bears on the claim: ", context.text)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("day", DAYS)
def test_the_receipt_adds_up_to_the_gap_before_the_readers_eyes(look_again, slug, day):
    said = Claim.objects.get(slug=slug).statement.said_on.last
    page = look_again(f"/claims/{slug}/{day}", 404 if day and day[-10:] < said.isoformat() else 200)
    if not page.all("span", "sum"):
        assert "Nothing to add up" in page.main.text or "Not said yet" in page.main.text
        return
    start, *sides, total = sum_of_points(page)
    points = [points_of(item) for item in weighed_reports(page)]
    assert start == 50
    assert start + sum(points) == start + sum(sides) == total
    assert sorted(sides, reverse=True) == [sum(side) for side in split_by_sign(points) if side]


def split_by_sign(points):
    return [each for each in points if each > 0], [each for each in points if each < 0]


def test_the_receipts_end_is_the_gap_of_the_headline(c6, shown):
    total = sum_of_points(c6)[-1]
    assert str(total) == f"{shown.gap.gap:.2f}"
    assert f"Gap {total:.0f} of 100" in c6.one("p", "sentence").text


def test_the_verdict_is_in_words_and_a_sentence_with_the_interval_and_that_it_is_tentative(c6, shown):
    assert c6.one("h2", id_="verdict").text == "Mostly contradicted"
    low, high = f"{shown.gap.low:.0f}", f"{shown.gap.high:.0f}"
    assert f"it may lie between {low} and {high}." in c6.one("p", "sentence").text
    assert f"likely range {low} to {high}" in c6.one("svg", "bar-page").attributes["aria-label"]


def test_the_bar_is_the_formula(c6, shown):
    bar = c6.one("svg", "bar-page")
    width = {
        side: sum(per_cent(r, "width") for r in bar.all("rect", side))
        for side in ("contradicting", "supporting")
    }
    total = shown.gap.contradicting + shown.gap.supporting + 2
    assert width["contradicting"] == pytest.approx(100 * shown.gap.contradicting / total, abs=2)
    assert width["supporting"] == pytest.approx(100 * shown.gap.supporting / total, abs=2)
    assert per_cent(bar.one("line", "needle"), "x1") == pytest.approx(shown.gap.gap, abs=0.01)
    unknown = bar.one("rect", fill="url(#hatch)")
    assert per_cent(unknown, "x") + per_cent(unknown, "width") / 2 == pytest.approx(shown.gap.gap, abs=0.01)


def test_in_arabic_the_bar_runs_from_right_to_left(look, c6):
    bar, mirror = (page.one("svg", "bar-page") for page in (c6, look(f"/ar{C6}")))
    assert per_cent(mirror.one("line", "needle"), "x1") == pytest.approx(
        100 - per_cent(bar.one("line", "needle"), "x1"), abs=0.01
    )
    for side, edge in (("contradicting", 100), ("supporting", 0)):
        ends = [
            end
            for r in mirror.all("rect", side)
            for end in (per_cent(r, "x"), per_cent(r, "x") + per_cent(r, "width"))
        ]
        assert min(abs(end - edge) for end in ends) == pytest.approx(0, abs=0.02)
        assert {r.attributes["class"] for r in mirror.all("rect", side)} == {side}


def test_when_it_was_said_and_now_stand_side_by_side(c6, shown):
    text = c6.one("p", "then-now").text
    assert text == f"When it was said: No evidence yet → Now: Mostly contradicted, {shown.gap.gap:.0f}"


def test_when_it_was_said_is_left_out_where_nothing_has_changed(look_again):
    assert not look_again(f"{C6}?as_of=2021-10-13").all("p", "then-now")


def test_what_it_depends_on_names_the_report_and_the_gap_without_it(c6, shown):
    depends = c6.one("p", "depends")
    assert f"it would be {shown.hinge.gap_without_widest:.0f}" in depends.text
    assert depends.one("a").attributes["href"] == f"#report-{shown.widest.link.evidence.slug}"


def test_what_was_searched_for_stands_on_both_sides(c6):
    noted = Claim.objects.get(slug="humanitarian-assistance-increased").search_notes
    notes = noted.filter(searched_on__lte=NOW.date())
    assert {note.side for note in notes} == {"supporting", "contradicting"}
    for note in notes:
        assert note.sought in c6.main.text
        assert note.outcome in c6.main.text


def test_it_says_by_which_method_and_when_it_was_published(c6):
    published = Claim.objects.get(slug="humanitarian-assistance-increased").published_at
    assert f"published on {published.day} {published:%B %Y}" in c6.main.text
    assert f"method {METHOD_VERSION}" in c6.main.text


def test_the_line_over_time_has_a_table_with_the_same_figures(c6, shown):
    steps, events = (body.all("tr") for body in c6.one("figure", "chart").all("tbody"))
    assert len(steps) == len(shown.line)
    for row, step in zip(steps, shown.line, strict=True):
        gap, interval, verdict = row.all("td")
        if step.gap is None:
            assert (gap.text, interval.text) == ("—", "—")
            continue
        assert (gap.text, interval.text) == (f"{step.gap:.2f}", f"{step.low:.0f}–{step.high:.0f}")
        assert ("calculated, but too little evidence" in verdict.text) == (step.headline is None)
    drawn = c6.one("figure", "chart").all("line", "report-tick")
    assert sorted(f"{row.one('th').text}: {row.all('td')[0].text}" for row in events[2:]) == sorted(
        line.one("title").text for line in drawn
    )
    assert [row.all("td")[0].text for row in events[:2]] == [
        text.text for text in c6.all("text", "flag") if text.text.startswith(("said", "judged"))
    ]
    assert "said 13 October 2021" in c6.one("figure").text
    assert "judged up to 20 January 2025" in c6.one("figure").text


def test_the_line_of_an_arabic_page_begins_at_the_right(look, c6):
    line, mirror = (page.one("figure", "chart").all("path", "gap")[1] for page in (c6, look(f"/ar{C6}")))
    (start, *_), (there, *_) = (
        [float(n) for n in re.findall(r"[\d.]+", path.attributes["d"])] for path in (line, mirror)
    )
    assert 0 < start < 100
    assert there == pytest.approx(100 - start, abs=0.02)


def test_what_came_after_the_words_had_ceased_to_speak_is_shown_and_not_counted(look_again):
    page = look_again("/claims/no-sanction-lifted/")
    assert "Not counted: happened after 8 December 2024" in [heading.text for heading in page.all("h3")]
    ended = [
        item for item in page.all("li", "report") if "ended the" in item.text or "programme" in item.text
    ]
    assert ended
    assert all(not item.all("span", "points") for item in ended)


def per_cent(node, name):
    return float(node.attributes[name].removesuffix("%"))


def test_a_report_on_which_editors_disagree_is_flagged_and_no_other(look):
    claim = ClaimFactory(published=True, kind="fact")
    disputed, agreed = EvidenceFactory.create_batch(2, published=True)
    EvidenceLinkFactory(claim=claim, evidence=agreed, stance=-2)
    link = EvidenceLinkFactory(claim=claim, evidence=disputed)
    for stance in (-2, 1):
        RatingFactory(link=link, stance=stance)
    page = look(claim.get_absolute_url())
    flagged = [
        each.attributes["id"] for each in page.all("li", "report") if "gradings differ in sign" in each.text
    ]
    assert flagged == [f"report-{disputed.slug}"]
