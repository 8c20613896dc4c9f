import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability
from claims.ingest.dossier_json import DossierCase, DossierFileError, read_dossiers

GRADED = {
    "id": "L0",
    "stances": [-2, -1],
    "reliability": "B",
    "credibility": 2,
    "directness": "direct",
    "event": "2021-10",
    "known": "2021-10-13",
    "origin": "wire",
    "publisher": "daily",
    "interested": True,
}


NOT_NEEDED = ("event", "origin", "publisher", "interested")


def dossier(*links: Any, **fields: Any) -> dict[str, Any]:
    return {"as_of": "2021-12-31", "claim": {"kind": "fact"}, "links": list(links)} | fields


def without(fields: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key not in keys}


def read(*rows: Any, as_of: date | None = None) -> list[DossierCase]:
    return read_dossiers(json.dumps(rows).encode(), as_of)


def problems(*rows: Any) -> list[str]:
    with pytest.raises(DossierFileError) as error:
        read(*rows)
    return error.value.problems


def test_a_dossier_becomes_plain_records() -> None:
    claim = {"kind": "commitment", "valid_from": "2021", "valid_until": "2022"}
    [case] = read(dossier(GRADED, claim=claim))
    assert case.as_of == date(2021, 12, 31)
    assert case.dossier.kind is ClaimKind.COMMITMENT
    assert (str(case.dossier.valid_from), str(case.dossier.valid_until)) == ("2021", "2022")
    [link] = case.dossier.links
    assert (link.id, link.stances, link.origin) == ("L0", (-2, -1), "wire")
    assert (link.publisher, link.interested) == ("daily", True)
    assert (link.reliability, link.credibility) == (Reliability.B, Credibility.PROBABLE)
    assert link.directness is Directness.DIRECT
    assert (str(link.event), str(link.known)) == ("2021-10", "2021-10-13")


def test_a_dossier_may_be_held_with_other_things_beside_it() -> None:
    assert read({"dossier": dossier(GRADED), "expect": {"gap": 1}, "note": None}) == read(dossier(GRADED))
    assert read(dossier(GRADED, note="mine", expect=[])) == read(dossier(GRADED))
    assert read() == []


def test_what_is_not_known_may_be_null_or_left_out() -> None:
    nothing = GRADED | {"event": None, "origin": None, "publisher": None, "interested": None}
    assert read(dossier(nothing)) == read(dossier(without(GRADED, *NOT_NEEDED)))
    assert read(dossier(nothing)) == read(dossier(nothing | {"interested": False}))
    null = read(dossier(claim={"kind": "fact", "valid_from": None, "valid_until": None}))
    assert null == read(dossier())


def test_a_report_may_be_decisive() -> None:
    [case] = read(dossier(GRADED | {"directness": "decisive"}))
    assert case.dossier.links[0].directness is Directness.DECISIVE


def test_a_link_without_an_id_is_named_by_its_place() -> None:
    [case] = read(dossier(GRADED | {"id": "a"}, without(GRADED, "id"), GRADED | {"id": None}))
    assert [link.id for link in case.dossier.links] == ["a", "L1", "L2"]


def test_an_id_that_a_nameless_link_would_take_is_ambiguous() -> None:
    [problem] = problems(dossier(GRADED | {"id": "L1"}, without(GRADED, "id")))
    assert problem == 'dossier 0, link 1 ("L1"), id: link 0 is "L1" too; give each link an id of its own.'


def test_a_given_day_stands_for_every_dossiers_own() -> None:
    day = date(2020, 1, 1)
    rows = dossier(), without(dossier(), "as_of"), dossier(as_of=None)
    assert {case.as_of for case in read(*rows, as_of=day)} == {day}


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_dossiers(b"\xef\xbb\xbf[]") == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"stances": [3]}, "stances: 3 is none of the choices; write one of -2, -1, 0, 1, 2."),
        ({"stances": [-2, True]}, "stances: true is none of the choices"),
        ({"stances": [2.0]}, "stances: 2.0 is none of the choices"),
        ({"stances": ["2"]}, 'stances: "2" is none of the choices'),
        ({"stances": [None]}, "stances: null is none of the choices"),
        ({"stances": [float("nan")]}, "stances: NaN is none of the choices"),
        ({"stances": [float("inf")]}, "stances: Infinity is none of the choices"),
        ({"stances": [[1]]}, "stances: a list […] is none of the choices"),
        ({"stances": []}, "stances: empty; write one rating from each editor"),
        ({"stances": -2}, "stances: -2 where a list belongs"),
        ({"stances": None}, "stances: null where a list belongs"),
        ({"reliability": "G"}, 'reliability: "G" is none of the choices; write one of "A", "B", "C"'),
        ({"reliability": "a"}, 'reliability: "a" is none of the choices'),
        ({"reliability": None}, "reliability: null is none of the choices"),
        ({"credibility": 0}, "credibility: 0 is none of the choices; write one of 1, 2, 3, 4, 5, 6."),
        ({"credibility": 7}, "credibility: 7 is none of the choices"),
        ({"credibility": 1.0}, "credibility: 1.0 is none of the choices"),
        ({"credibility": True}, "credibility: true is none of the choices"),
        ({"credibility": "2"}, 'credibility: "2" is none of the choices'),
        (
            {"directness": "Direct"},
            'directness: "Direct" is none of the choices; write one of "decisive", "direct"',
        ),
        ({"directness": {}}, "directness: an object {…} is none of the choices"),
        ({"known": None}, "known: null is not a date in quotes"),
        ({"known": 2021}, "known: 2021 is not a date in quotes"),
        ({"known": ""}, "known: A date is missing."),
        ({"known": "2021-13"}, "known: “2021-13” is not in the calendar."),
        ({"known": "2021\x00"}, "known: “2021�” is not a date."),
        ({"event": "2021-02-30"}, "event: “2021-02-30” is not in the calendar."),
        ({"event": "2021/2020"}, "event: The range ends"),
        ({"event": False}, "event: false is not a date in quotes"),
        ({"origin": ""}, 'origin: "" is no name; write text without blanks around it, or leave it out.'),
        ({"origin": "wire "}, 'origin: "wire " is no name'),
        ({"origin": 5}, "origin: 5 is no name"),
        (
            {"publisher": ""},
            'publisher: "" is no name; write text without blanks around it, or leave it out.',
        ),
        ({"publisher": "daily "}, 'publisher: "daily " is no name'),
        ({"publisher": 5}, "publisher: 5 is no name"),
        ({"interested": 1}, "interested: 1 is neither true nor false; write one of them, or leave it out."),
        ({"interested": "true"}, 'interested: "true" is neither true nor false'),
        (
            {"source": "daily"},
            '"source": unknown field; the fields here are stances, reliability, credibility',
        ),
        ({"id": 5}, "id: 5 is no name"),
        ({"id": ""}, 'id: "" is no name'),
        (
            {"credibilty": 2},
            '"credibilty": unknown field; the fields here are stances, reliability, credibility',
        ),
    ],
)
def test_a_bad_field_is_named_with_what_to_write_instead(change: dict[str, Any], problem: str) -> None:
    [found] = problems(dossier(GRADED | change))
    name = json.dumps(change["id"]) if isinstance(change.get("id"), str) else '"L0"'
    assert found.startswith(f"dossier 0, link 0 ({name}), {problem}")


@pytest.mark.parametrize("key", ["stances", "reliability", "credibility", "directness", "known"])
def test_a_missing_field_is_named(key: str) -> None:
    [found] = problems(dossier(GRADED, without(GRADED, key) | {"id": "b"}))
    assert found == f'dossier 0, link 1 ("b"), {key}: missing; this field is needed.'


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (None, "dossier 0: null where an object {…} belongs."),
        ([], "dossier 0: a list […] where an object {…} belongs."),
        ({"dossier": 5}, "dossier 0: 5 where an object {…} belongs."),
        ({"id": 7, "dossier": None}, "dossier 0 (7): null where an object {…} belongs."),
        (without(dossier(), "claim"), "dossier 0, claim: missing; this field is needed."),
        (without(dossier(), "links"), "dossier 0, links: missing; this field is needed."),
        (dossier(links=None), "dossier 0, links: null where a list of links belongs"),
        (dossier(links={}), "dossier 0, links: an object {…} where a list of links belongs"),
        (dossier("L0"), 'dossier 0, link 0 ("L0"): "L0" where an object {…} belongs.'),
        (dossier(claim="fact"), 'dossier 0, claim: "fact" where an object {…} belongs.'),
        (dossier(claim={}), "dossier 0, claim, kind: missing"),
        (dossier(claim={"kind": "rumour"}), 'dossier 0, claim, kind: "rumour" is none of the choices'),
        (
            dossier(claim={"kind": "fact", "valid_util": "2021"}),
            'dossier 0, claim, "valid_util": unknown field',
        ),
        (
            dossier(claim={"kind": "fact", "valid_until": 2021}),
            "dossier 0, claim, valid_until: 2021 is not a date",
        ),
        (
            dossier(claim={"kind": "fact", "valid_from": "spring"}),
            "dossier 0, claim, valid_from: “spring” is not a date.",
        ),
        (
            dossier(claim={"kind": "fact", "valid_from": "2022-02", "valid_until": "2022-01-31"}),
            "dossier 0, claim, valid_from: 2022-02 begins after valid_until (2022-01-31) has ended.",
        ),
        (dossier(valid_from="2022"), "dossier 0, valid_from: this field belongs inside “claim”"),
        (dossier(valid_until="2022"), "dossier 0, valid_until: this field belongs inside “claim”"),
        (without(dossier(), "as_of"), "dossier 0, as_of: missing; write the day to score it on"),
        (dossier(as_of="2021-10"), 'dossier 0, as_of: "2021-10" is not one day'),
        (dossier(as_of="soon"), "dossier 0, as_of: “soon” is not a date."),
        (dossier(as_of=20211013), "dossier 0, as_of: 20211013 is not a date in quotes"),
        (dossier(name="Idlib", links=0), 'dossier 0 ("Idlib"), links: 0 where a list'),
        (dossier(claim={"id": "S1-C2", "kind": 0}), 'dossier 0 ("S1-C2"), claim, kind: 0 is none'),
    ],
)
def test_a_bad_dossier_is_named_with_what_to_write_instead(row: Any, problem: str) -> None:
    [found] = problems(row)
    assert found.startswith(problem)


def test_every_problem_is_reported_at_once() -> None:
    bad = GRADED | {"credibility": 9, "known": "never"}
    found = problems(dossier(GRADED), dossier(GRADED, bad, claim={}), 5)
    assert [words.split(":")[0] for words in found] == [
        "dossier 1, claim, kind",
        'dossier 1, link 1 ("L0"), id',
        'dossier 1, link 1 ("L0"), credibility',
        'dossier 1, link 1 ("L0"), known',
        "dossier 2",
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "The file is not JSON: Expecting value: line 1 column 1"),
        (b"[{]", "The file is not JSON: "),
        (b"{}", "The file holds an object {…} where a list belongs; put [ ] around it."),
        (b"null", "The file holds null where a list belongs"),
        (b'["\xff"]', "The file is not UTF-8 text (byte 2)"),
        ("[]".encode("utf-16"), "The file is not UTF-8 text (byte 0)"),
        (b"[" * 1_000_000, "The file is nested too deeply"),
        (b'[{"dossier":' * 100_000, "The file is nested too deeply"),
        (b"[" + b"9" * 10_000 + b"]", "dossier 0: Infinity where an object {…} belongs."),
        (b'[{"as_of": "2021-01-01", "as_of": "2022-01-01", "claim": {"kind": "fact"}, "links": []}]',
         'dossier 0, "as_of": this field stands here twice'),
        (b'[{"dossier": {}, "dossier": {"as_of": "2021-01-01", "claim": {"kind": "fact"}, "links": []}}]',
         'dossier 0, "dossier": this field stands here twice'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_dossiers_is_refused_in_words(data: bytes, problem: str) -> None:
    with pytest.raises(DossierFileError) as error:
        read_dossiers(data)
    [found] = error.value.problems
    assert found.startswith(problem)


def test_what_a_problem_quotes_is_short_and_harmless_to_a_terminal() -> None:
    [problem] = problems(dossier(GRADED | {"reliability": "\x1b[2J" + "\u202e" + "x" * 10_000}))
    assert problem.isprintable()
    assert len(problem) < 250


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([*GRADED, "as_of", "claim", "links", "kind", "valid_from", "valid_until"]), ANYTHING)
def test_any_value_anywhere_is_read_or_refused(key: str, value: Any) -> None:
    row = dossier(dict(GRADED), claim={"kind": "fact", "valid_from": "2021", "valid_until": "2022"})
    next(each for each in (row, row["claim"], row["links"][0]) if key in each)[key] = value
    found = ["dossier 0"]
    try:
        read(row)
    except DossierFileError as error:
        found = error.problems
    assert found
    assert all(problem.startswith("dossier 0") for problem in found)
