"""Each number's way back to the grade that made it, recomputed from what the page says; and what would turn it."""

import re
from decimal import Decimal

import pytest

from claims.domain.gap import MASS_GRAIN
from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RatingFactory,
    SourceFactory,
)
from tests.syria import CLAIMS
from tests.views.page import parameters, points_of, weighed_reports

pytestmark = [pytest.mark.django_db]
on_syria = pytest.mark.usefixtures("syria")

ADDRESSES = [*(f"/claims/{slug}/" for slug in CLAIMS), "/claims/local-ceasefires-hold/?as_of=2022-12-31"]


def product_of(row):
    """The product as a reader with a pocket calculator redoes it, and the mass that the page gives."""
    pieces = row.one("p", "product").all("span")
    *factors, mass = [float(piece.one("b").text) for piece in pieces]
    for at, piece in enumerate(pieces):
        if ages := re.search(r"(\d+) days? old, halved every (\d+) days", piece.text):
            recency = 2 ** -(int(ages[1]) / int(ages[2]))
            assert factors[at] == pytest.approx(recency, abs=5e-5)
            factors[at] = recency
    product = 1.0
    for factor in factors:
        product *= factor
    return product, mass


@on_syria
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_mass_and_every_point_can_be_recomputed_from_what_the_page_says(look_again, address):
    page = look_again(address)
    for report in weighed_reports(page):
        product, mass = product_of(report)
        assert mass == round(round(product / MASS_GRAIN) * MASS_GRAIN, 6)
        sum_ = re.search(r"50 × ([\d.]+) ÷ \(([\d.]+) \+ 2\)", report.text)
        if sum_:
            points = 50 * float(sum_[1]) / (float(sum_[2]) + 2)
            assert float(abs(points_of(report))) == pytest.approx(points, abs=0.011)
        else:
            assert "adds nothing" in report.text


@on_syria
def test_some_of_them_age_and_some_do_not(look_again):
    told = " ".join(each.text for address in ADDRESSES for each in weighed_reports(look_again(address)))
    assert "does not age" in told


@on_syria
def test_each_factor_leads_to_the_methods_table_and_the_source_to_its_page_and_reason(look_again):
    method = look_again("/method/")
    for row in load_receipt(Claim.objects.get(slug=CLAIMS[5]), NOW.date()).weighed:
        how = look_again(f"/claims/{CLAIMS[5]}/").one("li", id_=f"report-{row.link.evidence.slug}")
        for link in how.one("p", "product").all("a"):
            path, _, anchor = link.attributes["href"].partition("#")
            assert path == "/method/"
            assert method.one("table", id_=anchor)
        source = row.link.evidence.publisher
        assert source.get_absolute_url() in {a.attributes["href"] for a in how.all("a")}
        assert source.reliability_reason in how.text
        assert f"(graded for: {source.reliability_scope})" in " ".join(how.text.split())


def test_the_editors_stances_stand_there_in_words_without_names(look):
    link = EvidenceLinkFactory(
        published=True, evidence=EvidenceFactory(published=True, source=SourceFactory(reliability="B"))
    )
    raters = [RatingFactory(link=link, stance=stance).rater for stance in (-2, -1, 1)]
    EvidenceLinkFactory(claim=link.claim, evidence=EvidenceFactory(published=True), stance=2)
    page = look(link.claim.get_absolute_url())
    how = next(each for each in weighed_reports(page) if "source B" in each.text)
    stances = "strongly contradicts, partly contradicts, partly supports"
    assert f"The stances of 3 editors: {stances}; the median counts." in how.text
    assert product_of(how) == (0.375, 0.375)
    for rater in raters:
        assert rater.username not in page.source


def test_reports_of_one_origin_that_are_equally_strong_share_its_points_and_an_echo_has_none(look):
    claim, origin = ClaimFactory(published=True), OriginFactory()
    for credibility in (1, 1, 3):
        evidence = EvidenceFactory(published=True, origin=origin, credibility=credibility)
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2)
    reports = weighed_reports(look(claim.get_absolute_url()))
    texts = [each.text for each in reports]
    assert sum("2 reports of its event are equally strong" in text for text in texts) == 2
    assert sum("50 × 0.5 ÷ (1 + 2)." in text for text in texts) == 2
    assert sorted(map(points_of, reports)) == [0, Decimal("8.33"), Decimal("8.34")]
    assert sum("A stronger report tells of the same event" in text for text in texts) == 1


def test_a_report_that_ages_says_how_old_it_is_and_how_fast_it_fades(look):
    claim = ClaimFactory(published=True, kind="priority", valid_until=None)
    for day in ("2025-11-22", "2026-11-22"):
        evidence = EvidenceFactory(published=True, event=day, known=day)
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2)
    texts = [each.text for each in weighed_reports(look(claim.get_absolute_url()))]
    assert any("0.5 365 days old, halved every 365 days" in text for text in texts)
    turns = look(claim.get_absolute_url()).one("ul", "turns").text
    assert re.search(r"If reports aged twice as fast: [\d]+, .*; half as fast: [\d]+, ", turns)


# What would change this


@on_syria
def test_what_would_change_it_is_said_in_plain_sentences(look_again):
    shown = load_receipt(Claim.objects.get(slug=CLAIMS[5]), NOW.date())
    lines = [item.text for item in look_again(f"/claims/{CLAIMS[5]}/").one("ul", "turns").all("li")]
    against, for_ = shown.turns.against, shown.turns.for_
    assert "against the claim" in lines[0]
    assert lines[0].endswith(f"{against.state.label}.")
    assert lines[1].endswith(f"{for_.state.label}.")
    alone = "No report and no publisher, taken away alone, would change it."
    assert (alone in lines) == (not shown.hinges_on and not shown.publishers_it_hangs_on)
    assert lines[-1] == "Old reports count as much as new ones here."


@on_syria
def test_what_it_hangs_on_leads_to_the_page_without_it(look_again):
    hinging = [
        slug
        for slug in CLAIMS
        if (found := load_receipt(Claim.objects.get(slug=slug), NOW.date())).gap.headline is not None
        and found.publishers_it_hangs_on
    ]
    assert hinging
    for slug in hinging:
        shown = load_receipt(Claim.objects.get(slug=slug), NOW.date())
        page = look_again(f"/claims/{slug}/")
        ways = [page.address_of(link) for link in page.one("ul", "turns").all("a")]
        sources = {value for way in ways for name, value in parameters(way) if name == "without"}
        assert sources == {source.slug for source in shown.publishers_it_hangs_on}
        for source in sources:
            section = look_again(f"/claims/{slug}/?without={source}").one("section", "lens")
            assert section.one("h3").text != f"With your settings: {page.one('h2', id_='verdict').text}"


@on_syria
def test_without_a_verdict_it_says_what_would_give_one(look_again):
    page = look_again(f"/claims/{CLAIMS[6]}/")
    section = page.one("section", aria_labelledby="turns")
    assert "There is no verdict. The least that would give one:" in section.text
    assert "Without" not in section.text


@on_syria
@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_contents_lead_to_the_parts_of_the_page(look_again, language):
    page = look_again(f"{language}/claims/{CLAIMS[5]}/")
    ways = page.one("nav", "contents").all("a")
    assert len(ways) == 7
    headings = [node.attributes.get("id") for node in page.all("h2")]
    assert {a.attributes["href"].removeprefix("#") for a in ways} <= set(headings)
