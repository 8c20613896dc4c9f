"""Each chart of the reader's pages has a title, a legend and a table that holds every number that it draws."""

from pathlib import Path

import pytest

from claims.domain.vocabulary import State
from claims.drawing import timeline_chart
from claims.selectors import speaker_charts, timeline
from tests.views.page import labels_of

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[2] / "templates" / "claims"
on_syria = pytest.mark.usefixtures("syria")


def table(figure):
    """The rows of the twin, as lists of texts."""
    rows = figure.one("details").one("tbody").all("tr")
    return [[cell.text for cell in row.children if not isinstance(cell, str)] for row in rows]


def whole(text):
    """An exact number of the table as the drawing rounds it."""
    return f"{float(text):.0f}"


def test_the_template_of_each_chart_has_a_table_in_it_or_in_the_page_that_includes_it():
    charts = [path for path in TEMPLATES.glob("_chart_*.html") if "<figure" in path.read_text()]
    assert len(charts) > 5
    for path in charts:
        including = [page.read_text() for page in TEMPLATES.glob("*.html") if path.name in page.read_text()]
        assert any("<table" in text for text in [path.read_text(), *including]), path.name


MONTH = "/?as_of=2021-10-31"


@on_syria
def test_the_movements_of_a_month_are_drawn_from_where_to_where(look_again):
    figure = look_again(MONTH).one("figure", "moves")
    assert (
        figure.one("b").text == "From 2 October 2021 to 31 October 2021 evidence changed the gaps of 4 claims"
    )
    rows = table(figure)
    drawn = figure.one("ol").all("li")
    assert len(rows) == len(drawn) == 4
    for (claim, day, before, after), item in zip(rows, drawn, strict=True):
        assert item.one("a").text == claim
        numbers = labels_of(item.one("svg"))
        assert numbers == [whole(end) for end in (before, after) if end != "no verdict"]
        assert day in item.one("svg").attributes["aria-label"]


@on_syria
def test_a_first_verdict_comes_from_off_the_scale_by_a_dashed_line(look_again):
    figure = look_again(MONTH).one("figure", "moves")
    firsts = [item for item in figure.all("li") if "first verdict" in item.text]
    assert len(firsts) == 4
    for item in firsts:
        assert item.one("circle", "ring").attributes["cx"] == "11%"
        assert item.one("line", "thin").attributes["x1"] == "11%"


@on_syria
@pytest.mark.parametrize(
    "address", [MONTH, "/topics/humanitarian-aid/", "/places/syria/", "/speakers/antony-blinken/"]
)
def test_a_chart_of_an_arabic_page_is_the_mirror_of_the_english_one(look_again, address):
    for figure, mirror in zip(
        look_again(address).all("figure", "chart"),
        look_again(f"/ar{address}").all("figure", "chart"),
        strict=True,
    ):
        places, mirrored = (sorted(map(centre, drawn(each))) for each in (figure, mirror))
        assert len(places) > 3
        assert mirrored == pytest.approx(sorted(100 - at for at in places), abs=0.03)


def drawn(figure):
    """Dots, upright lines and bars of a chart."""
    shapes = [
        node for svg in figure.all("svg") for tag in ("circle", "line", "rect") for node in svg.all(tag)
    ]
    return [
        node for node in shapes if node.attributes.get("x1") == node.attributes.get("x2") and centre(node)
    ]


def centre(node):
    """Where it stands across the width; None if it has no place in per cent."""
    values = [node.attributes.get(name, "") for name in ("cx", "x1", "x", "width")]
    cx, x1, x, width = (float(value[:-1]) if value.endswith("%") else None for value in values)
    return cx or x1 or (None if x is None or width is None else x + width / 2)


@on_syria
def test_an_axis_of_an_arabic_page_names_a_month_by_both_its_names_each_on_a_line(look_again):
    axis = look_again(f"/ar{VIOLENCE}").one("section", aria_labelledby="moved").one("figure")
    assert "تشرين الثاني\nنوفمبر ٢٠٢١" in labels_of(axis)


VIOLENCE = "/claims/violence-kept-down/?as_of=2021-12-31"
BLINKEN = "/speakers/antony-blinken/"
TOPIC = "/topics/humanitarian-aid/"


@on_syria
@pytest.mark.parametrize(
    "address", [TOPIC, "/statements/blinken-2021-10-13/", "/places/syria/", f"{TOPIC}?as_of=2023-12-31"]
)
def test_a_timelines_table_holds_each_word_and_report_that_it_draws(look_again, address):
    figure = look_again(address).one("section", aria_labelledby="in-time").one("figure")
    marks = [mark.one("title").text for cls in ("dot", "report-tick") for mark in figure.all(cls=cls)]
    rows = table(figure)
    assert len(marks) == len(rows) > 5
    said = {f"{day}: {text.partition(': ')[2]}" for day, text, kind in rows if kind == "said"}
    known = {f"{day}: {text}" for day, text, kind in rows if kind != "said"}
    assert set(marks) == said | known
    for row in rows:
        assert row[2] in {
            "said",
            "strongly contradicts",
            "partly contradicts",
            "partly supports",
            "strongly supports",
        }


@on_syria
def test_a_timelines_table_leads_to_each_of_its_records(look_again):
    page = look_again(f"{TOPIC}?as_of=2023-12-31")
    links = page.one("section", aria_labelledby="in-time").all("a")
    assert len(links) > 5
    assert all("as_of=2023-12-31" in link.attributes["href"] for link in links)


@on_syria
def test_a_timeline_of_many_is_counted_and_its_table_holds_the_counts(look, monkeypatch):
    for module in (timeline_chart, timeline):
        monkeypatch.setattr(module, "MAX_TIMELINE_MARKS", 20)
    figure = look("/places/syria/").one("section", aria_labelledby="in-time").one("figure")
    assert "Counted by" in figure.one("p", "chart-title").text
    columns = [column.one("title").text for column in figure.all("line", "report-tick")]
    rows = table(figure)
    assert sorted(columns) == sorted(f"{row[0]}: {n}" for row in rows for n in row[1:] if n != "0")


def dot_rows(figure):
    """The rows of claims under each topic: the cells as texts, and the drawing."""
    for group in figure.one("table").all("tbody"):
        topic, *rows = group.all("tr")
        yield topic.text, [([cell.text for cell in row.all(role="cell")], row) for row in rows]


@on_syria
@pytest.mark.parametrize("address", [BLINKEN, f"{BLINKEN}?as_of=2021-10-31"])
def test_a_speakers_claims_stand_by_topic_the_largest_gap_first_each_linked(look_again, address):
    found = dict(dot_rows(look_again(address).one("figure", "dots")))
    assert "Sanctions and accountability" in found
    rows = [row for group in found.values() for row in group]
    assert len(rows) == (11 if "as_of" in address else 12)
    for group in found.values():
        gaps = [-1 if cells[1] == "—" else int(cells[1]) for cells, _ in group]
        assert gaps == sorted(gaps, reverse=True)
    for (_, gap, interval, verdict), row in rows:
        assert "/claims/" in row.one("th").one("a").attributes["href"]
        assert verdict
        if gap == "—":
            assert interval == "—"
            assert not row.all("circle")
        else:
            low, high = interval.split("–")
            assert whole(row.one("circle").attributes["cx"][:-1]) == gap
            line = row.one("line", "range").attributes
            assert (whole(line["x1"][:-1]), whole(line["x2"][:-1])) == (low, high)


@on_syria
def test_of_very_many_claims_the_latest_stand_and_the_rest_are_said_and_linked(look, monkeypatch):
    monkeypatch.setattr(speaker_charts, "MOST_DOTS", 4)
    title = look(f"{BLINKEN}?as_of=2022-12-31").one("figure", "dots").one("p", "chart-title")
    assert "Only the latest 4 claims are here." in title.text
    assert title.one("a").attributes["href"] == "/claims/?speaker=antony-blinken&as_of=2022-12-31"


@on_syria
def test_a_speakers_verdicts_are_counted_before_the_average_which_says_on_how_many_it_rests(look_again):
    section = look_again(BLINKEN).one("section", aria_labelledby="claims")
    counts = [int(item.one("b").text) for item in section.one("nav", "verdict-counts").all("li")]
    assert sum(counts) == 12
    assert section.text.index("Mostly contradicted") < section.text.index("The mean gap over the 10 claims")


@on_syria
def test_a_claim_without_a_verdict_shows_no_number_in_a_chart_of_many(look_again):
    figure = look_again(f"{BLINKEN}?as_of=2021-10-31").one("figure", "dots")
    rows = [cells for _, group in dot_rows(figure) for cells, _ in group]
    thin = [cells for cells in rows if cells[3] in {"Too little evidence", "No evidence yet"}]
    assert thin
    assert all(cells[1:3] == ["—", "—"] for cells in thin)


@on_syria
@pytest.mark.parametrize("address", [BLINKEN, f"{BLINKEN}?as_of=2021-10-31"])
def test_a_speakers_topics_show_their_states_in_words_and_numbers(look_again, address):
    figure = look_again(address).one("figure", "states")
    heads = [cell.text for cell in figure.one("thead").all("th")]
    rows = table(figure)
    for row, item in zip(rows, figure.one("ul").all("li"), strict=True):
        assert item.one("a").text == row[0]
        counted = [f"{n} {state}" for state, n in zip(heads[1:], row[1:], strict=True) if n != "0"]
        assert item.one("p", "meta").text == " · ".join(counted)
        assert item.one("svg").attributes["aria-label"] == " · ".join(counted)
        assert len(item.all("rect", "state")) == len(counted)


@on_syria
def test_nothing_is_drawn_where_there_is_nothing_to_hold_side_by_side(look_again):
    one_claim = look_again("/speakers/united-states/")
    assert len(one_claim.all("li", "claim-row")) == 1
    assert not one_claim.all("figure", "chart")
    one_verdict = look_again(f"{BLINKEN}?as_of=2021-10-13")
    assert len(one_verdict.all("li", "claim-row")) == 11
    assert [figure.classes for figure in one_verdict.all("figure")] == [{"chart", "states"}]


@on_syria
@pytest.mark.parametrize("address", [BLINKEN, "/compare/?topic=us-forces&topic=sanctions"])
def test_a_state_has_the_same_paint_on_every_page(look_again, address):
    paints = {
        state: rect.attributes.get("fill", "")
        for rect in look_again(address).all("rect", "state")
        for state in rect.classes - {"state"}
    }
    assert len(paints) > 1
    for state, paint in paints.items():
        expected = (
            "url(#both)" if state == "conflicting" else "" if State(state).sufficient else "url(#hatch)"
        )
        assert paint == expected, state


@on_syria
def test_agreement_is_drawn_by_month_against_both_thresholds_over_its_table(look_again):
    section = look_again("/method/").one("section", aria_labelledby="agreement")
    figure = section.one("figure", "agreement")
    dots = [dot.one("title").text for dot in figure.all("circle")]
    rows = [row.all()[1:] for row in section.one("table").one("tbody").all("tr")]
    assert dots == [f"{month.text}: {alpha.text}" for month, alpha, *_ in rows][::-1]
    assert len(figure.all("line", "threshold")) == 2
    assert {"0.667", "0.8"} <= set(labels_of(figure))


@on_syria
@pytest.mark.parametrize(
    "address",
    [
        "/",
        MONTH,
        TOPIC,
        BLINKEN,
        "/method/",
        "/claims/violence-kept-down/",
        "/statements/blinken-2021-10-13/",
    ],
)
def test_every_chart_has_a_title_a_legend_and_speaks(look_again, address):
    for figure in look_again(address).all("figure", "chart"):
        assert figure.one("p", "chart-title").text
        assert figure.one("figcaption").text
        assert figure.all("svg", role="img") or "dots" in figure.classes  # they are cells of a table
        assert figure.all("table") or figure.parent.all("table")
