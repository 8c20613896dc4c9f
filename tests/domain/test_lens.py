"""A lens is what its address says, changes only what it names, and with the published weights nothing at all."""

from dataclasses import Field, fields, replace
from datetime import date

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from claims.domain.dossier import Dossier, score_dossier
from claims.domain.gap import PUBLISHED_WEIGHTS, MethodWeights
from claims.domain.lens import (
    HALF_LIFE_CHOICES,
    LARGEST_WEIGHTS,
    MAX_EXCLUDED_SOURCES,
    STANDARD_WEIGHTS,
    InvalidLens,
    Lens,
    parse_lens,
)
from claims.domain.vocabulary import ClaimKind, Directness, SourceKind

from .strategies import as_of_days, dossiers, law, level, link, whole, with_links

LATE = date(2026, 1, 1)
SOURCES = ("daily", "agency", "monitor")


@st.composite
def lenses(draw: st.DrawFn) -> Lens:
    names = draw(st.sets(st.sampled_from(sorted(STANDARD_WEIGHTS)), max_size=4))
    weights = {name: draw(st.integers(0, int(1000 * LARGEST_WEIGHTS[name]))) for name in sorted(names)}
    return Lens(
        primary=draw(st.booleans()),
        without=tuple(draw(st.lists(st.sampled_from(SOURCES), unique=True))),
        grades="".join(sorted(draw(st.sets(st.sampled_from("ABCDEF"), max_size=5)))),
        half_lives=draw(st.sampled_from(sorted(HALF_LIFE_CHOICES.values()))),
        own={name: n / 1000 for name, n in weights.items() if n / 1000 != STANDARD_WEIGHTS[name]},
    )


@st.composite
def sourced(draw: st.DrawFn) -> Dossier:
    dossier = draw(dossiers())
    kinds = [SourceKind.NEWS, SourceKind.OFFICIAL, SourceKind.MONITOR]
    links = tuple(
        replace(each, publisher=SOURCES[i % 3], publisher_kind=kinds[i % 3])
        for i, each in enumerate(dossier.links)
    )
    return with_links(dossier, links)


def address(lens: Lens) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in lens.parameters():
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("field", fields(Lens), ids=lambda field: field.name)
def test_the_strategy_draws_every_field_of_a_lens(field: Field[object]) -> None:
    """Without it, the laws below would say nothing of a new field."""
    unused = getattr(Lens(), field.name)
    assert find(lenses(), lambda lens: getattr(lens, field.name) != unused)


@law
@given(sourced(), as_of_days)
def test_no_lens_is_the_published_gap_to_the_bit(dossier: Dossier, as_of: date) -> None:
    assert not Lens()
    published = score_dossier(dossier, as_of)
    assert whole(Lens().score(dossier, as_of)) == whole(published)
    spelled = parse_lens({name: [str(weight)] for name, weight in STANDARD_WEIGHTS.items()})
    assert spelled == Lens()
    assert whole(score_dossier(dossier, as_of, spelled.weights)) == whole(published)
    copied = MethodWeights(
        dict(PUBLISHED_WEIGHTS.reliability),
        dict(PUBLISHED_WEIGHTS.credibility),
        dict(PUBLISHED_WEIGHTS.directness),
        1.0,
        PUBLISHED_WEIGHTS.interested,
    )
    assert whole(score_dossier(dossier, as_of, copied)) == whole(published)


@law
@given(lenses(), sourced(), as_of_days)
def test_the_same_address_is_the_same_lens_and_gives_the_same_gap(
    lens: Lens, dossier: Dossier, as_of: date
) -> None:
    again = parse_lens(address(lens))
    assert (again, again.parameters()) == (lens, lens.parameters())
    assert whole(again.score(dossier, as_of)) == whole(lens.score(dossier, as_of))


@law
@given(lenses(), sourced(), as_of_days)
def test_a_lens_is_the_score_of_a_dossier_without_what_it_leaves_out(
    lens: Lens, dossier: Dossier, as_of: date
) -> None:
    seen = lens.through(dossier)
    for each in dossier.links:
        assert (each in seen.links) == (not lens.leaves_out(each))
    assert whole(score_dossier(seen, as_of, lens.weights)) == whole(lens.score(dossier, as_of))
    assert all(each.publisher not in lens.without for each in seen.links)
    assert not lens.primary or all(each.publisher_kind != SourceKind.NEWS for each in seen.links)
    assert not lens.grades or {str(each.reliability) for each in seen.links} <= set(lens.grades)


@law
@given(sourced(), as_of_days)
def test_a_heavier_weight_never_takes_mass_away(dossier: Dossier, as_of: date) -> None:
    for name, most in LARGEST_WEIGHTS.items():
        lighter, heavier = Lens(own={name: 0.25}), Lens(own={name: most})
        assert lighter.score(dossier, as_of).mass <= heavier.score(dossier, as_of).mass


@law
@given(sourced(), as_of_days)
def test_with_every_weight_at_nothing_there_is_no_number(dossier: Dossier, as_of: date) -> None:
    gap = Lens(own=dict.fromkeys(STANDARD_WEIGHTS, 0.0)).score(dossier, as_of)
    assert (gap.gap, gap.headline) == (None, None)


@law
@given(dossiers(kinds=[ClaimKind.FACT, ClaimKind.DENIAL, ClaimKind.COMMITMENT]), as_of_days)
def test_half_lives_change_nothing_for_what_does_not_age(dossier: Dossier, as_of: date) -> None:
    for times in HALF_LIFE_CHOICES.values():
        assert whole(Lens(half_lives=times).score(dossier, as_of)) == whole(score_dossier(dossier, as_of))


@law
@given(dossiers(kinds=[ClaimKind.PRIORITY, ClaimKind.CONDITION]), as_of_days)
def test_with_longer_half_lives_no_side_weighs_less(dossier: Dossier, as_of: date) -> None:
    short, long = (Lens(half_lives=times).score(dossier, as_of) for times in (0.5, 2.0))
    assert short.contradicting <= long.contradicting
    assert short.supporting <= long.supporting


def test_a_source_is_left_out_and_taken_in_again() -> None:
    once = Lens(grades="AB").toggled("daily")
    assert once.without == ("daily",)
    assert once.toggled("agency").without == ("daily", "agency")
    assert once.toggled("daily") == Lens(grades="AB")


def test_an_echo_steps_in_for_the_source_that_is_left_out() -> None:
    pair = (
        link("a", -2, origin="wire", publisher="daily"),
        link("b", -2, grade="B2", origin="wire", publisher="agency"),
    )
    seen = Lens(without=("daily",)).score(Dossier(ClaimKind.FACT, links=pair), LATE)
    assert level(seen) > 50
    assert seen.links["b"].is_counted


BAD = [
    ("lens", "secondary"),
    ("grades", "AZ"),
    ("grades", "ab"),
    ("half_life", "3"),
    ("half_life", "nan"),
    ("without", "not a slug"),
    ("without", "pаul"),  # with a Cyrillic letter
    ("r_A", "1.5"),
    ("r_A", "-0.1"),
    ("r_A", "nan"),
    ("c_1", "1e-3"),
    ("c_1", "٠.٥"),
    ("d_direct", "0.1234567"),
    ("d_direct", "9" * 5000),
    ("d_direct", "4"),
    ("d_decisive", "4.1"),
    ("d_decisive", "10"),
    ("i_interested", "1.1"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_no_lens_is_refused_in_words_that_quote_it(name: str, value: str) -> None:
    with pytest.raises(InvalidLens, match="%\\(value\\)s") as refusal:
        parse_lens({name: [value]})
    assert refusal.value.value == value[:40]


@pytest.mark.parametrize(("name", "most"), [("d_decisive", "4"), ("d_direct", "1"), ("i_interested", "1")])
def test_a_weight_that_is_too_large_is_refused_with_the_largest_that_there_is(name: str, most: str) -> None:
    assert float(most) == LARGEST_WEIGHTS[name]
    with pytest.raises(InvalidLens, match=f"from 0 to {most}"):
        parse_lens({name: ["5"]})
    parse_lens({name: [most]})


def test_a_decisive_report_may_weigh_up_to_four_and_an_interested_one_up_to_a_whole() -> None:
    lens = parse_lens({"d_decisive": ["2.5"], "i_interested": ["1"]})
    assert lens.own == {"d_decisive": 2.5, "i_interested": 1.0}
    assert lens.weights.directness[Directness.DECISIVE] == 2.5
    links = link("a", -2, directness=Directness.DECISIVE), link("b", -2, interested=True)
    parts = lens.score(Dossier(ClaimKind.FACT, links=links), LATE).links
    assert (parts["a"].mass, parts["b"].mass) == (2.5, 1)


def test_every_weight_of_the_method_has_a_parameter() -> None:
    grades = [*PUBLISHED_WEIGHTS.reliability, *PUBLISHED_WEIGHTS.credibility, *PUBLISHED_WEIGHTS.directness]
    assert len(STANDARD_WEIGHTS) == len([*grades, "interest"])
    assert [name for name, most in LARGEST_WEIGHTS.items() if most != 1] == ["d_decisive"]


def test_more_sources_than_a_reader_asks_about_are_refused() -> None:
    with pytest.raises(InvalidLens):
        parse_lens({"without": [f"source-{n}" for n in range(MAX_EXCLUDED_SOURCES + 1)]})


@pytest.mark.parametrize(
    "values",
    [
        {"r_A": [""], "half_life": [""], "grades": [""], "without": [""], "lens": [""]},
        {"half_life": ["1"], "grades": ["ABCDEF"], "r_B": ["0.75"], "c_2": [".75"]},
        {"as_of": ["2021"], "r_G": ["7"], "half_lives": ["x"]},
    ],
    ids=["left empty", "as published", "other parameters"],
)
def test_what_asks_for_nothing_is_no_lens(values: dict[str, list[str]]) -> None:
    assert parse_lens(values) == Lens()
