"""A reader's lens on a claim's page: spelled in its address, said in words, and never taken for what is published."""

import pytest
from django.test import Client

from claims.domain.lens import PRIMARY_SOURCE_KINDS, Lens
from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import NOW
from tests.views.page import labels_of, parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

C6 = "/claims/humanitarian-assistance-increased/"
CEASEFIRES = "/claims/local-ceasefires-hold/"
PRIMARY = "lens=primary"


@pytest.fixture
def shown():
    return load_receipt(Claim.objects.get(slug="humanitarian-assistance-increased"), NOW.date())


def test_without_a_lens_the_choices_are_folded_and_nothing_else_is_shown(look_again):
    page = look_again(C6)
    section = page.one("section", "lens")
    assert all("open" not in each.attributes for each in section.all("details"))
    assert not section.all("svg")
    assert not page.all("meta", name="robots")


def test_through_a_lens_the_published_verdict_stays_first_and_unchanged(look_again, shown):
    plain, lensed = look_again(C6), look_again(f"{C6}?{PRIMARY}")
    assert lensed.one("h2", id_="verdict").text == plain.one("h2", id_="verdict").text
    first = [page.one("section", "verdict").one("p", "sentence").text for page in (plain, lensed)]
    assert first[0] == first[1]
    assert lensed.one("span", "sum").text == plain.one("span", "sum").text
    assert lensed.title == plain.title
    pinned = lensed.one("div", "pinned")
    assert pinned.text.startswith("Published, whatever your settings")
    assert pinned.one("b").text == f"{shown.gap.gap:.0f}"


def test_it_says_what_the_gap_would_be_with_its_bar_and_interval_and_what_is_left_out(look_again):
    section = look_again(f"{CEASEFIRES}?{PRIMARY}").one("section", "lens")
    shown = load_receipt(Claim.objects.get(slug=CEASEFIRES.split("/")[-2]), NOW.date())
    gap = Lens(primary=True).score(shown.dossier, NOW.date())
    assert (gap.headline, gap.state) != (shown.gap.headline, shown.gap.state)
    verdict = gap.state.label
    assert section.one("h3").text == f"With your settings: {verdict}"
    assert f"It would be {gap.gap:.0f}; likely range {gap.low:.0f} to" in section.text
    assert labels_of(section.one("svg", "bar-page")) == [f"{gap.gap:.0f}"]
    assert len(section.one("ul", "left-out").all("li")) == len(
        [row for row in shown.weighed if row.link.evidence.publisher.kind not in PRIMARY_SOURCE_KINDS]
    )
    assert "Only sources that record events themselves." in section.one("ul", "lens-is").text


def test_lenses_combine_and_each_is_said_in_words(look_again):
    query = "lens=primary&without=asharq-al-awsat&grades=AB&half_life=2&r_B=.5&d_indirect=0"
    says = look_again(f"{CEASEFIRES}?{query}").one("ul", "lens-is").text
    for words in (
        "Only sources that record events themselves.",
        "Only sources graded AB.",
        "“usually reliable” counts 0.5, not 0.75.",
        "“indirect” counts 0, not 0.5.",
    ):
        assert words in says
    assert "Asharq Al-Awsat" in says or "asharq-al-awsat" in says
    assert "Reports age half as fast." in says or "Old reports count as much as new ones here." in says


def test_with_nothing_let_through_there_is_no_number(look_again):
    page = look_again(f"{C6}?grades=F")
    section = page.one("section", "lens")
    assert section.one("h3").text == "With your settings: No evidence yet"
    assert "No report that counts is left, so there is no number." in section.text
    assert not labels_of(section.one("svg", "bar-page"))
    assert "with your settings there is no verdict" in page.one("section", "verdict").text


def test_each_report_leads_to_the_page_without_its_source_and_back(look_again):
    report = look_again(C6).all("li", "report")[0]
    link = next(a for a in report.all("a") if a.text == "Recalculate without this source")
    page = look_again(look_again(C6).address_of(link))
    [(name, source)] = parameters(page.address)
    assert name == "without"
    back = next(a for a in page.all("li", "report")[0].all("a") if a.text == "Count this source again")
    assert page.address_of(back) == C6
    assert source in {box.attributes["value"] for box in page.all("input", name="without", checked="")}


def test_the_address_of_the_lens_is_no_longer_than_it_takes(look_again):
    page = look_again(f"{C6}?r_A=&r_B=0.750&c_1=0.9&grades=BA&half_life=1&as_of=2024-12-31&lens=")
    link = next(a for a in page.all("a") if a.text == "The address of these settings")
    assert dict(parameters(page.address_of(link))) == {"as_of": "2024-12-31", "grades": "AB", "c_1": "0.9"}


def test_a_lens_keeps_the_day_and_the_day_keeps_the_lens(look_again):
    page = look_again(f"{C6}?{PRIMARY}&as_of=2024-12-31")
    for way in page.one("nav", aria_label="Another day").all("a"):
        assert ("lens", "primary") in parameters(page.address_of(way))
    form = page.one("section", "lens").one("form")
    assert form.one("input", name="as_of").attributes["value"] == "2024-12-31"


def test_the_lens_is_taken_away_from_beside_the_verdict_and_the_day_stays(look_again):
    page = look_again(f"{C6}?{PRIMARY}&as_of=2024-12-31")
    verdict = page.one("section", "verdict")
    assert verdict.text.startswith("Published · with your settings: ")
    away = next(a for a in verdict.all("a") if a.text == "Reset")
    assert parameters(page.address_of(away)) == [("as_of", "2024-12-31")]
    assert "The rest of the page shows what is published." in page.one("section", "lens").text


def test_search_engines_leave_lenses_alone(look_again):
    assert look_again(f"{C6}?{PRIMARY}").one("meta", name="robots").attributes["content"] == "noindex"


def test_other_half_lives_change_nothing_where_reports_do_not_age(look_again):
    section = look_again(f"{C6}?half_life=0.5").one("section", "lens")
    assert "Old reports count as much as new ones here." in section.text
    assert not section.all("select", name="half_life")


BAD = [
    ("lens=secondary", "“secondary” is not a setting"),
    ("without=a%20b", "“a b” is not the address of a source"),
    ("grades=XY", "are no grades of sources"),
    ("half_life=7", "Write 0.5, 1 or 2"),
    ("r_A=2", "a number from 0 to 1"),
    ("c_3=nan", "a number from 0 to 1"),
    ("d_direct=%3Cb%3E", "“<b>” is no weight"),
    ("&".join(f"without=s{n}" for n in range(60)), "At most 50 sources"),
]


@pytest.mark.parametrize(("query", "words"), BAD)
def test_what_is_no_lens_is_refused_in_words(query, words):
    response = Client().get(C6, QUERY_STRING=query)
    assert response.status_code == 400
    text = response.content.decode().replace("&lt;", "<").replace("&gt;", ">")
    assert words in text


def test_a_source_that_weighs_nothing_here_changes_nothing_and_the_page_says_so(look_again):
    section = look_again(f"{C6}?without=no-such-source").one("section", "lens")
    assert "Without no-such-source, which has no report that counts here." in section.text
    assert "Your settings leave out no report that counts." in section.text


def test_a_lens_touches_no_list_and_no_data():
    for path in ("/claims/", "/", "/speakers/antony-blinken/", f"{C6}dossier.json"):
        plain, lensed = Client().get(path), Client().get(f"{path}?{PRIMARY}&grades=A&r_A=0")
        assert plain.status_code == lensed.status_code == 200
        text = lensed.content.decode()
        for pair in ("lens=primary", "grades=A", "r_A=0"):
            text = text.replace(f"&amp;{pair}", "").replace(f"?{pair}&amp;", "?").replace(f"?{pair}", "")
        figures = [
            part for part in plain.content.decode().split("<") if part.startswith(("b>", "svg", "line"))
        ]
        assert figures == [part for part in text.split("<") if part.startswith(("b>", "svg", "line"))]
