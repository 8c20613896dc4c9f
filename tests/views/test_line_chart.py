"""The line of a claim's gap: its finding as title, its largest steps with their causes; or why there is none."""

from datetime import date

import pytest

from tests.factories import ClaimFactory, CorrectionFactory, EvidenceFactory, EvidenceLinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]


@pytest.fixture
def c6(look):
    return look("/claims/humanitarian-assistance-increased/")


def flags(page):
    """The days labelled above the line that are no steps of it."""
    names = ("said", "judg", "2 co", "corr", "as k", "toda")
    return [text.text for text in page.all("text", "flag") if text.text[:4] in names]


def test_the_lines_title_is_its_finding_and_its_steps_say_what_caused_them(c6):
    figure = c6.one("figure", "chart")
    steps = [item.text for item in figure.one("ul", "steps").all("li")]
    assert len(steps) == 3
    title = figure.one("p", "chart-title").one("b").text
    assert any(step.startswith(title.rpartition(": ")[2]) for step in steps)
    assert " → " in title
    name = figure.all("svg", role="img")[0].attributes["aria-label"]
    assert name.startswith("The gap from 13 October 2021 to ")
    assert "at the end" in name


def test_a_claim_with_a_single_figure_says_so_and_draws_nothing(look):
    claim = ClaimFactory(published=True, kind="fact")
    page = look(claim.get_absolute_url())
    assert not page.all("figure", "chart")
    assert "There has been no evidence for a number yet." in page.main.text


def test_a_correction_and_the_day_of_the_page_have_a_word_on_the_line(look):
    claim = ClaimFactory(published=True, kind="fact")
    for known in ("2022-01-05", "2022-02-05"):
        report = EvidenceFactory(published=True, known=known, event=known)
        EvidenceLinkFactory(claim=claim, evidence=report, stance=-2)
    CorrectionFactory.create_batch(2, claim=claim, corrected_on=date(2023, 5, 1))
    CorrectionFactory(claim=claim, corrected_on=date(2024, 6, 1))
    words = flags(look(claim.get_absolute_url()))
    assert words == ["said 13 October 2021", "2 corrections, 1 May 2023", "corrected 1 June 2024", "today"]
    past = flags(look(f"{claim.get_absolute_url()}?as_of=2024-01-31"))
    assert past[1:] == ["2 corrections, 1 May 2023", "as known on 31 January 2024"]


@pytest.mark.parametrize(
    ("slug", "said"),
    [("isis-kept-out-of-cities", "said 2025"), ("no-sanction-lifted", "said 13 October 2021")],
)
def test_the_day_of_the_words_is_no_more_precise_than_it_is_known(look, slug, said):
    assert said in [text.text for text in look(f"/claims/{slug}/").all("text", "flag")]
