"""The example of the method page says nothing that its figures do not."""

from dataclasses import replace
from datetime import date

import pytest

from claims.domain.dossier import score_dossier
from claims.domain.methods import METHODS
from claims.selectors.methods_in_use import methods_with_first_days
from claims.views.method import DAY, EXAMPLE


def test_the_newspaper_that_passes_on_the_agencys_story_adds_nothing() -> None:
    parts = score_dossier(EXAMPLE, DAY).links
    assert parts["copy"].mass > 0
    assert (parts["copy"].contribution, parts["copy"].gap_without) == (0, score_dossier(EXAMPLE, DAY).gap)


@pytest.mark.django_db
@pytest.mark.usefixtures("syria")
def test_each_version_of_the_method_stands_with_the_day_since_which_it_is_in_use_here(look):
    assert "1 November 2026" in cells_of(look)  # the demo's first scores, by the first method


@pytest.mark.django_db
def test_a_method_that_scored_nothing_here_stands_with_the_day_of_its_release(monkeypatch):
    unused = replace(METHODS[-1], name="gap/9.0", released_on=date(2027, 1, 1))
    monkeypatch.setattr("claims.selectors.methods_in_use.METHODS", (unused,))
    assert methods_with_first_days() == [(unused, date(2027, 1, 1))]


def cells_of(look):
    return [cell.text for table in look("/method/").all("table") for cell in table.all("td")]


@pytest.mark.django_db
def test_the_bands_of_the_gap_are_said_in_words(look):
    told = cells_of(look)
    assert [each for each in told if each.startswith(("up to", "below")) or each.endswith("above")] == [
        "up to 20", "up to 40", "below 60", "below 80", "80 and above",
    ]  # fmt: skip
