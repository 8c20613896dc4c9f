"""A claim's page: the words, the ground on two sides, the gap and how it came about."""

import re
from datetime import date
from decimal import Decimal

import pytest

from claims.domain.gap import METHOD_VERSION
from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
)
from tests.views.page import receipt_rows

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
    assert who == "Antony Blinken, US Secretary of State · 13 October 2021 · Washington"
    links = {c6.address_of(link) for link in c6.one("header", "words").all("a")}
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


def test_both_sides_show_each_report_with_its_day_source_grade_points_and_rationale(c6, shown):
    for name in ("contradicting", "supporting"):
        side, rows = c6.one("div", name), shown.side(name)
        items = side.all("li", "report")
        assert len(items) == len(rows) > 1
        for item, row in zip(items, rows, strict=True):
            evidence = row.link.evidence
            assert evidence.summary in item.text
            assert evidence.publisher.name in item.text
            assert row.link.rationale in item.text
            grade = f"{evidence.publisher.reliability}{evidence.credibility}"
            assert item.one("summary").text.startswith(grade)
            assert f"{row.points_short} points" in item.text
            assert item.one("p", "meta").text
            if evidence.url:
                assert evidence.url in {a.attributes["href"] for a in item.all("a")}


def test_the_latest_report_stands_first_on_each_side(shown):
    days = [row.grades.visible_from for row in shown.contradicting]
    assert days == sorted(days, reverse=True)


def test_grades_are_said_in_words_too(c6):
    grade = c6.one("div", "contradicting").all("details", "grade")[0]
    assert re.search(r"source .*reliable; report .*; bears on the claim: (in)?direct", grade.text)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("day", DAYS)
def test_the_receipt_adds_up_to_the_gap_before_the_readers_eyes(look_again, slug, day):
    said = Claim.objects.get(slug=slug).statement.said_on.last
    page = look_again(f"/claims/{slug}/{day}", 404 if day and day[-10:] < said.isoformat() else 200)
    tables = page.all("table", "receipt")
    if not tables:
        assert "Nothing to add up" in page.main.text or "Not said yet" in page.main.text
        return
    points = [column(row, "points") for row in receipt_rows(tables[0])]
    start, total = (
        tables[0].one("tbody").all("tr")[0].all("td")[-2].text,
        tables[0].one("tfoot").all("td")[-2].text,
    )
    assert start == "50.00"
    assert sum(map(number, points), Decimal(start)) == Decimal(total)


def test_the_receipts_end_is_the_gap_of_the_headline(c6, shown):
    total = c6.one("table", "receipt").one("tfoot").all("td")[-2].text
    assert total == f"{shown.gap.gap:.2f}"
    assert f"Gap {float(total):.0f} of 100;" in c6.one("p", "sentence").text


def test_the_verdict_is_in_words_and_a_sentence_with_the_interval_and_that_it_is_tentative(c6, shown):
    assert c6.one("h2", id_="verdict").text == "Conduct mostly departs from the words"
    low, high = f"{shown.gap.low:.0f}", f"{shown.gap.high:.0f}"
    assert f"likely range {low} to {high}: tentative." in c6.one("p", "sentence").text
    assert f"between {low} and {high}" in c6.one("svg", "bar-page").attributes["aria-label"]


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
    said, now, hangs = c6.one("dl", "three").all("div")
    assert [part.one("dt").text for part in (said, now, hangs)] == ["When it was said", "Now", "It hangs on"]
    assert (said.one("span").text, said.one("small").text) == ("no evidence", "13 October 2021")
    assert now.one("dd").text.startswith(f"{shown.gap.gap:.0f}")


def test_what_it_hangs_on_names_the_report_and_the_gap_without_it(c6, shown):
    hangs = c6.one("dl", "three").all("div")[2]
    assert f"it would be {shown.hinge.gap_without_widest:.0f}" in hangs.text
    assert hangs.one("a").attributes["href"] == f"#report-{shown.widest.link.evidence.slug}"


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
        assert ("in the working only" in verdict.text) == (step.headline is None)
    drawn = c6.one("figure", "chart").all("line", "report-tick")
    assert sorted(f"{row.one('th').text}: {row.all('td')[0].text}" for row in events[2:]) == sorted(
        line.one("title").text for line in drawn
    )
    assert [row.all("td")[0].text for row in events[:2]] == [text.text for text in c6.all("text", "flag")]
    assert "said 13 October 2021" in c6.one("figure").text
    assert "judged up to 20 January 2025" in c6.one("figure").text


def test_a_correction_and_the_day_of_the_page_have_a_word_on_the_line(look):
    claim = ClaimFactory(published=True, kind="fact")
    CorrectionFactory.create_batch(2, claim=claim, corrected_on=date(2023, 5, 1))
    CorrectionFactory(claim=claim, corrected_on=date(2024, 6, 1))
    words = [text.text for text in look(claim.get_absolute_url()).all("text", "flag")]
    assert words == ["said 13 October 2021", "2 corrections, 1 May 2023", "corrected 1 June 2024", "today"]
    past = look(f"{claim.get_absolute_url()}?as_of=2024-01-31").all("text", "flag")
    assert [text.text for text in past][1:] == ["2 corrections, 1 May 2023", "as known on 31 January 2024"]


def test_the_line_of_an_arabic_page_begins_at_the_right(look, c6):
    line, mirror = (page.one("figure", "chart").all("path", "gap")[-1] for page in (c6, look(f"/ar{C6}")))
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


def column(row, label):
    return row.one("td", data_label=label).text


def number(points):
    return Decimal(points.replace("−", "-"))


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
