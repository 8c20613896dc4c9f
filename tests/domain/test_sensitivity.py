"""What a verdict hangs on agrees with scoring again without it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from claims.domain.dossier import Dossier, score_dossier
from claims.domain.sensitivity import Hinge, hinge
from claims.domain.vocabulary import Directness, Kind

from .strategies import as_of_days, dossiers, law, link, with_links

LATE = date(2026, 1, 1)


def of(*links: object, kind: Kind = Kind.FACT) -> Hinge:
    dossier = Dossier(kind, links=links)  # type: ignore[arg-type]
    return hinge(dossier, score_dossier(dossier, LATE))


@law
@given(dossiers(), as_of_days)
def test_a_report_is_named_if_and_only_if_the_state_changes_without_it(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    without = {
        each.id: score_dossier(with_links(dossier, tuple(o for o in dossier.links if o is not each)), as_of)
        for each in dossier.links
    }
    found = hinge(dossier, gap)
    assert set(found.reports) == {key for key, rest in without.items() if rest.state != gap.state}
    if found.widest is not None:
        assert found.gap_without_widest == pytest.approx(without[found.widest].gap)
        shifts = [abs((rest.gap or 50) - (gap.gap or 50)) for rest in without.values()]
        assert abs((found.gap_without_widest or 50) - (gap.gap or 50)) == pytest.approx(max(shifts))
    else:
        assert gap.gap is None


@law
@given(dossiers(), as_of_days)
def test_a_source_is_named_if_and_only_if_the_state_changes_without_all_its_reports(
    dossier: Dossier, as_of: date
) -> None:
    sourced = tuple(replace(each, source="ABC"[i % 3]) for i, each in enumerate(dossier.links))
    dossier = with_links(dossier, sourced)
    gap = score_dossier(dossier, as_of)
    for source in "ABC":
        rest = score_dossier(
            with_links(dossier, tuple(each for each in sourced if each.source != source)), as_of
        )
        assert (source in hinge(dossier, gap).sources) == (rest.state != gap.state)


def test_two_reports_of_one_source_hang_on_that_source_and_on_each_other() -> None:
    one = [replace(link(name, -2), source="daily") for name in "ab"]
    found = of(*one)
    assert (found.reports, found.sources, found.widest) == (("a", "b"), ("daily",), "a")
    assert found.gap_without_widest == pytest.approx(200 / 3)


def test_an_echo_stands_in_for_the_report_that_is_taken_away() -> None:
    pair = [link("a", -2, origin="wire"), link("echo", -2, origin="wire", grade="A1")]
    found = of(*pair, link("b", -2))
    assert found.reports == ("b",)


def test_an_aged_report_may_be_why_the_evidence_is_stale_and_not_too_little() -> None:
    old = link("old", -2, event="2019-10-31", known="2020-01-01", origin="wire")
    new = link("new", -2, grade="A3", known="2020-10-31", origin="wire")
    other = link("other", -1, directness=Directness.INDIRECT, known="2020-01-01")
    dossier = Dossier(Kind.PRIORITY, links=(old, new, other))
    gap = score_dossier(dossier, date(2020, 10, 31))
    assert (gap.state, gap.links["old"].strongest) == ("stale", False)
    assert hinge(dossier, gap).reports == ("old", "other")


def test_with_evidence_to_spare_nothing_hangs_on_one_report() -> None:
    found = of(*(replace(link(name, -2), source=name) for name in "abcdef"))
    assert (found.reports, found.sources) == ((), ())
    assert found.widest == "a"


def test_no_evidence_hangs_on_nothing() -> None:
    assert of() == of(link("context", 0)) == Hinge((), (), None, None)
