"""The verdict in the same words everywhere, and what has no score looks like nothing but that."""

import pytest
from django.utils import timezone

from claims.actions import rescore_claims
from claims.models import Claim
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, OriginFactory

pytestmark = pytest.mark.django_db

AGAINST, FOR = -2, 2
KINDS = ["fact", "denial", "condition", "priority", "commitment", "prediction"]


def claim_with(*stances, known="2021-11-02", **fields):
    """A published claim with one report of the best grade for each stance, each its own origin."""
    claim = ClaimFactory(published=True, **fields)
    for stance in stances:
        evidence = EvidenceFactory(published=True, event=known, known=known)
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=stance)
    rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=timezone.localdate(), now=NOW)
    return claim


def verdict(page):
    return page.one("h2", id_="verdict").text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("stance", "words"), [(AGAINST, "Mostly contradicted"), (FOR, "Mostly supported")])
def test_the_verdict_is_the_same_for_every_kind_on_the_page_and_in_the_list(look, kind, stance, words):
    claim = claim_with(stance, stance, kind=kind, valid_until="2025")
    assert verdict(look(f"/claims/{claim.slug}/")) == words
    assert f"{words} (tentative)" in look("/claims/").one("li", "claim-row").text


UNSCORED = [
    ((), {}, "No evidence yet"),
    ((0, 0), {}, "No evidence yet"),
    ((-2,), {}, "Too little evidence"),
    ((-2, -2), {"kind": "condition", "known": "2015-01-01"}, "Evidence out of date"),
]


@pytest.fixture(params=UNSCORED, ids=lambda case: case[2])
def unscored(request):
    stances, fields, words = request.param
    return claim_with(*stances, **fields), words


def test_what_has_no_verdict_shows_no_number_and_no_needle(look, unscored):
    claim, words = unscored
    page = look(f"/claims/{claim.slug}/")
    assert verdict(page) == words
    assert not page.all("line", "needle")
    assert not page.all("line", "interval")
    assert page.one("svg", "bar-page").attributes["aria-label"] == "Too little evidence for a number"
    assert "%" not in page.one("section", "verdict").one("p", "sentence").text
    assert all(part.text.endswith(f"Now: {words}") for part in page.all("p", "then-now"))
    assert not page.all("p", "depends")


def test_its_row_in_a_list_is_all_hatching_with_a_dash_for_a_number(look, unscored):
    claim, words = unscored
    for address in (
        "/claims/",
        f"/speakers/{claim.statement.speaker.slug}/",
    ):
        row = look(address).all("li", "claim-row")[0]
        assert words in row.text
        assert row.one("p", "gap").text == "—"
        assert row.one("span", "none").attributes["aria-label"] == "no number"
        bar = next(svg for svg in row.all("svg") if "swatch" not in svg.classes)
        (rect,) = bar.all("rect")
        assert (rect.attributes["fill"], rect.attributes["width"]) == ("url(#hatch)", "100%")
        assert not bar.all("line")
        assert "tentative" not in row.text


@pytest.mark.parametrize("day", ["", "as_of=2026-11-20&"])
@pytest.mark.parametrize("order", ["widest", "narrowest", "doubt", "moved"])
def test_what_has_no_verdict_is_never_ranked_by_its_number(look, order, day):
    weak = claim_with(-2, proposition="Weak, with 75 in the working")
    stale = claim_with(-2, -2, kind="condition", known="2015-01-01", proposition="Stale")
    strong = claim_with(2, 2, -1, proposition="Strong")
    other = claim_with(-1, 1, 1, proposition="Other")
    rows = [row.one("h3").text for row in look(f"/claims/?{day}sort={order}").all("li", "claim-row")]
    assert set(rows[:2]) == {str(strong), str(other)}
    assert set(rows[2:]) == {str(weak), str(stale)}


@pytest.mark.parametrize("day", ["", "&as_of=2026-11-20"])
def test_no_range_of_numbers_finds_what_has_no_verdict(look, day):
    claim_with(-2)
    claim_with(2, 2)
    assert len(look(f"/claims/?gap_min=0&gap_max=100{day}").all("li", "claim-row")) == 1


@pytest.mark.parametrize("day", ["", "?as_of=2026-11-20"])
def test_averages_say_how_many_they_leave_out(look, day):
    speaker = claim_with(-2, -2).statement.speaker
    for stances in ((2, 2), (-2,), ()):
        claim_with(*stances, statement__speaker=speaker, statement__published=True)
    for address in ("/claims/", f"/speakers/{speaker.slug}/"):
        lead = look(address + day).main.text
        assert "mean gap" in lead
        assert "50" in lead  # of 75 and 25, each claim alike
        assert (
            "2 without a verdict" in lead or "2 more have no verdict" in lead or "2 have no verdict" in lead
        )


def test_an_average_of_nothing_is_no_number(look):
    claim = claim_with(-2)
    lead = look(f"/speakers/{claim.statement.speaker.slug}/").one("p", "lead").text
    assert lead == "1 claim, without a verdict."
    assert "mean" not in look("/claims/").main.text


def test_an_echo_is_shown_and_counts_nothing(look):
    claim = claim_with(-2, -2)
    first = claim.links.first().evidence
    origin = OriginFactory()
    first.origin = origin
    first.save()
    echo = EvidenceFactory(published=True, origin=origin, credibility=3)
    EvidenceLinkFactory(claim=claim, evidence=echo, stance=-2)
    page = look(f"/claims/{claim.slug}/")
    item = page.one("li", id_=f"report-{echo.slug}")
    assert item.one("span", "points").text == "same event, not counted again"
    assert "against: 2 independent events (weight 2.00)" in page.one("ul", "legend").text


def test_a_site_without_anything_is_still_a_site(look):
    for path in ("/", "/claims/", "/speakers/", "/topics/", "/places/", "/sources/", "/corrections/"):
        assert look(path).one("h1").text
