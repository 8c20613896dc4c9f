"""The accessible name of each chart says what it shows, with its figures, to a reader who cannot see it."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

CLAIM = "/claims/humanitarian-assistance-increased/"
TOPIC = "/topics/humanitarian-aid/"
SPEAKER = "/speakers/antony-blinken/"
NAMES = {
    CLAIM: r"The gap from 13 October 2021 to .*: no verdict at first, \d+ at the end; between \d+ and \d+\.",
    SPEAKER: r"The gaps of \d+ claims lie between \d+ and \d+; above 50: \d+\.",
    "/method/": r"Alpha was [−-]?\d\.\d\d in \w+ \d{4} and .* in \w+ \d{4}; it lay between .* and .*\.",
}
TIMELINE = (
    r"From .* to .*: \d+ statements?; reports against: \d+, for: \d+\. "
    r"The most reports in one year: \d+, in \d{4}\."
)
MAP = r"No place has more reports than .+: \d+ of \d+\. Against the claims: \d+; for them: \d+\."


def names_of(page):
    """The names of all charts and maps, and of the tables that are drawn as charts."""
    labelled = [node for node in page.all("svg") if node.attributes.get("role") in ("img", "group")]
    tables = [node for figure in page.all("figure", "dots") for node in figure.all("table")]
    return [
        node.attributes.get("aria-label") or page.one(id_=node.attributes["aria-labelledby"]).text
        for node in [*labelled, *tables]
    ]


@pytest.mark.parametrize("address", NAMES)
def test_the_name_of_a_chart_is_its_finding(look_again, address):
    assert any(re.fullmatch(NAMES[address], name) for name in names_of(look_again(address)))


def test_a_timeline_and_a_map_name_their_counts_and_where_most_is(look_again):
    names = names_of(look_again(TOPIC))
    for pattern in (TIMELINE, MAP):
        assert [name for name in names if re.fullmatch(pattern, name)], names


def test_the_counts_of_a_timelines_name_are_those_of_its_table(look_again):
    figure = look_again(TOPIC).one("section", aria_labelledby="in-time").one("figure")
    name = figure.one("svg", "time").attributes["aria-label"]
    statements, against, for_, most = map(int, re.findall(r"(?:: |; |, )(\d+)", name))
    kinds = [row.all("td")[-1].text for row in figure.one("details").one("tbody").all("tr")]
    assert statements == kinds.count("said")
    assert against == sum("contradicts" in kind for kind in kinds)
    assert for_ == sum("supports" in kind for kind in kinds)
    assert most <= against + for_


@pytest.mark.parametrize(
    "address", ["/", "/claims/", CLAIM, TOPIC, SPEAKER, "/places/", "/places/syria/", "/method/"]
)
def test_every_name_has_a_figure_or_says_that_there_is_none(look_again, address):
    names = names_of(look_again(address))
    assert names
    for name in names:
        assert re.search(r"\d|Too little evidence|No report", name), name
        assert not re.search(r"(?i)chart|the table below", name), name


def test_a_timeline_gives_no_day_that_nobody_knows(look_again):
    page = look_again("/statements/us-policy-on-isis/")
    (name,) = [name for name in names_of(page) if re.fullmatch(TIMELINE, name)]
    assert name.startswith("From 2022 to 22 February 2026: ")
    table = page.one("section", aria_labelledby="in-time").one("table")
    days = [row.one("th").text for row in table.one("tbody").all("tr")]
    assert {"2025", "May 2025", "17 July 2024"} <= set(days)
    titles = [title.text for title in page.all("title")]
    assert "2025: The United States: American policy on ISIS in Syria" not in titles
    assert "2025: American policy on ISIS in Syria" in titles
    assert not [title for title in titles if title.startswith(("31 December", "31 May"))]
