"""What a score was computed from, written down: anyone who reads it again gets the same score."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import assume, given

from claims.domain.dossier import Dossier, score_dossier
from claims.domain.dossier_inputs import dossier_from_inputs, inputs_of_dossier
from claims.domain.vocabulary import ClaimKind
from claims.ingest.dossier_json import read_dossiers

from .strategies import as_of_days, dossiers, law, link, whole, with_links

PLAIN = {"id", "stances", "reliability", "credibility", "directness", "event", "known", "origin"}


def named(dossier: Dossier) -> Dossier:
    return with_links(dossier, tuple(replace(each, id=f"L{i}") for i, each in enumerate(dossier.links)))


@law
@given(dossiers(), as_of_days)
def test_read_again_the_inputs_give_the_same_score(dossier: Dossier, as_of: date) -> None:
    dossier = named(dossier)
    inputs = json.loads(json.dumps(inputs_of_dossier(dossier, as_of)))
    again = dossier_from_inputs(inputs)
    assert whole(score_dossier(again, as_of)) == whole(score_dossier(dossier, as_of))
    assert again.links == tuple(each for each in dossier.links if each.stances)
    assert inputs_of_dossier(again, as_of) == inputs


@law
@given(dossiers(), as_of_days)
def test_a_file_of_the_inputs_is_the_same_dossier(dossier: Dossier, as_of: date) -> None:
    start, end = dossier.valid_from, dossier.valid_until
    assume(not (start and end and start.first > end.last))
    inputs = inputs_of_dossier(named(dossier), as_of)
    [case] = read_dossiers(json.dumps([inputs]).encode())
    assert (case.dossier, case.as_of) == (dossier_from_inputs(inputs), as_of)


def test_a_field_without_a_value_is_left_out_as_in_older_files() -> None:
    links = link("a", -2), link("b", -2, publisher="daily", interested=True), link("nobody rated")
    inputs = inputs_of_dossier(Dossier(ClaimKind.FACT, links=links), date(2021, 12, 31))
    assert inputs["claim"] == {"kind": "fact"}
    assert [row.keys() - PLAIN for row in inputs["links"]] == [set(), {"publisher", "interested"}]
    assert all(row.keys() >= PLAIN for row in inputs["links"])
