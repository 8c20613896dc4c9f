"""Reads dossiers from JSON, in the format of the method's test vectors, into the domain's records.

Reads the whole file and reports all problems at once. Each message says where the problem is and what to write
instead.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from claims.domain.dates import DatePrecision, InvalidPartialDate, PartialDate
from claims.domain.dossier import Dossier, Link
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability, Stance

E = TypeVar("E", bound=Enum)

LINK_NEEDS = ("stances", "reliability", "credibility", "directness", "known")
LINK_MAY = ("id", "event", "origin", "publisher", "interested")
CLAIM_NEEDS, CLAIM_MAY = ("kind",), ("valid_from", "valid_until", "uncheckable", "id", "name", "text")
DOSSIER_NEEDS = ("claim", "links")  # besides `as_of`; it may hold anything else


@dataclass(frozen=True, slots=True)
class DossierCase:
    dossier: Dossier
    as_of: date


class DossierFileError(ValueError):
    """A file that cannot be scored. `problems` lists everything that has to change."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def read_dossiers(data: bytes, as_of: date | None = None) -> list[DossierCase]:
    """Read every dossier in the file, with the day to score it on: `as_of` if given, otherwise the dossier's own.

    Raises DossierFileError with all problems of the file.
    """
    problems: list[str] = []
    rows = _parse_json(data)
    cases = [_FilePlace(_place_name(index, row), problems).case(row, as_of) for index, row in enumerate(rows)]
    if problems:
        raise DossierFileError(problems)
    return [case for case in cases if case]


class _Object(dict[str, Any]):
    """A JSON object that remembers duplicate keys. JSON itself keeps only the last value of each."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twins = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def _parse_json(data: bytes) -> list[Any]:
    try:
        rows = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_Object, parse_int=_parse_long_integer)
    except UnicodeDecodeError as error:
        raise DossierFileError(
            [f"The file is not UTF-8 text (byte {error.start}); save it as UTF-8."]
        ) from None
    except RecursionError:
        raise DossierFileError(["The file is nested too deeply to be a list of dossiers."]) from None
    except json.JSONDecodeError as error:
        raise DossierFileError([f"The file is not JSON: {error}."]) from None
    if not isinstance(rows, list):
        raise DossierFileError(
            [f"The file holds {_show_value(rows)} where a list belongs; put [ ] around it."]
        )
    return rows


def _parse_long_integer(digits: str) -> int | float:
    """Parse a whole number.

    Python refuses very long ones; as a float they are refused later, with their place in the file.
    """
    return int(digits) if len(digits) < 20 else float(digits)


@dataclass(frozen=True, slots=True)
class _FilePlace:
    """A place in the file, with the list that collects all problems of the file."""

    where: str
    problems: list[str]

    def at(self, part: str) -> "_FilePlace":
        return _FilePlace(f"{self.where}, {part}", self.problems)

    def wrong(self, words: str) -> None:
        self.problems.append(f"{self.where}: {words}")

    def case(self, row: Any, as_of: date | None) -> DossierCase | None:
        body = row
        if isinstance(row, dict) and "dossier" in row:
            self.expect_object(row, ("dossier",))
            body = row["dossier"]
        if not self.expect_object(body, DOSSIER_NEEDS):
            return None
        for key in ("kind", "valid_from", "valid_until"):
            if key in body:
                self.at(key).wrong("this field belongs inside “claim”, and would not count here.")
        day = self.day(body, as_of)
        dossier = self.dossier(body)
        return DossierCase(dossier, day) if dossier and day else None

    def day(self, body: dict[str, Any], instead: date | None) -> date | None:
        at, period = self.at("as_of"), self.maybe_period(body, "as_of")
        if period and period.precision is not DatePrecision.DAY:
            at.wrong(f"{_show_value(body['as_of'])} is not one day; write a day such as 2021-10-13.")
        if body.get("as_of") is None and not instead:
            at.wrong("missing; write the day to score it on, such as 2021-10-13, or give --as-of.")
        return instead or (period.last if period else None)

    def dossier(self, body: dict[str, Any]) -> Dossier | None:
        claim: Any = body.get("claim")
        at = self.at("claim")
        kind = valid_from = valid_until = None
        is_uncheckable = False
        if "claim" in body and at.expect_object(claim, CLAIM_NEEDS, CLAIM_MAY):
            kind = at.choice(claim, "kind", ClaimKind)
            valid_from = at.maybe_period(claim, "valid_from")
            valid_until = at.maybe_period(claim, "valid_until")
            is_uncheckable = at.maybe_flag(claim, "uncheckable")
            if valid_from and valid_until and valid_from.first > valid_until.last:
                at.at("valid_from").wrong(f"{valid_from} begins after valid_until ({valid_until}) has ended.")
        links = self.links(body["links"]) if "links" in body else ()
        return Dossier(kind, valid_until, links, valid_from, is_uncheckable) if kind else None

    def links(self, rows: Any) -> tuple[Link, ...]:
        if not isinstance(rows, list):
            self.at("links").wrong(
                f"{_show_value(rows)} where a list of links belongs; write [] where there are none."
            )
            return ()
        first: dict[str, int] = {}
        links = []
        for index, row in enumerate(rows):
            name = _link_identifier(row, index)
            at = self.at(f"link {index} ({_show_value(name)})")
            if first.setdefault(name, index) < index:
                at.at("id").wrong(
                    f"link {first[name]} is {_show_value(name)} too; give each link an id of its own."
                )
            links.append(at.link(row, name))
        return tuple(link for link in links if link)

    def link(self, row: Any, name: str) -> Link | None:
        if not self.expect_object(row, LINK_NEEDS, LINK_MAY):
            return None
        self.maybe_name(row, "id")
        stances = self.stances(row)
        reliability = self.choice(row, "reliability", Reliability)
        credibility = self.choice(row, "credibility", Credibility)
        directness = self.choice(row, "directness", Directness)
        event = self.maybe_period(row, "event")
        known = self.at("known").period(row["known"]) if "known" in row else None
        origin, publisher = self.maybe_name(row, "origin"), self.maybe_name(row, "publisher")
        interested = self.maybe_flag(row, "interested")
        if not (stances and reliability and credibility and directness and known):
            return None
        grades = (stances, reliability, credibility, directness)
        return Link(name, *grades, event, known, origin, publisher, interested)

    def expect_object(self, value: Any, needs: Iterable[str], may: Iterable[str] | None = None) -> bool:
        """Report missing and duplicate fields, and unknown ones unless `may` is None.

        Returns False if the value is no object.
        """
        if not isinstance(value, _Object):
            self.wrong(f"{_show_value(value)} where an object {{…}} belongs.")
            return False
        for key in needs:
            if key not in value:
                self.at(key).wrong("missing; this field is needed.")
        for key in value.twins:
            self.at(_show_value(key)).wrong("this field stands here twice; keep one of them.")
        fields = list(value) if may is None else [*needs, *may]
        for key in value:
            if key not in fields:
                self.at(_show_value(key)).wrong(f"unknown field; the fields here are {', '.join(fields)}.")
        return True

    def stances(self, row: dict[str, Any]) -> tuple[int, ...]:
        if "stances" not in row:
            return ()
        value, at = row["stances"], self.at("stances")
        if not isinstance(value, list):
            at.wrong(
                f"{_show_value(value)} where a list belongs: one rating from each editor, such as [-2, -1]."
            )
            return ()
        if not value:
            at.wrong("empty; write one rating from each editor, such as [0] for context.")
        for rating in value:
            at.member(rating, Stance)
        return tuple(value)

    def choice(self, row: dict[str, Any], key: str, of: type[E]) -> E | None:
        return self.at(key).member(row[key], of) if key in row else None

    def member(self, value: Any, of: type[E]) -> E | None:
        found = next((each for each in of if type(value) is type(each.value) and value == each.value), None)
        if found is None:
            choices = ", ".join(json.dumps(each.value) for each in of)
            self.wrong(f"{_show_value(value)} is none of the choices; write one of {choices}.")
        return found

    def maybe_period(self, row: dict[str, Any], key: str) -> PartialDate | None:
        return None if row.get(key) is None else self.at(key).period(row[key])

    def period(self, value: Any) -> PartialDate | None:
        if not isinstance(value, str):
            self.wrong(
                f'{_show_value(value)} is not a date in quotes, such as "2021-10-13", "2021-10" or "2021".'
            )
            return None
        try:
            return PartialDate.parse(value)
        except InvalidPartialDate as error:
            self.wrong(str(error))
            return None

    def maybe_flag(self, row: dict[str, Any], key: str) -> bool:
        value = row.get(key)
        if value is not None and not isinstance(value, bool):
            self.at(key).wrong(
                f"{_show_value(value)} is neither true nor false; write one of them, or leave it out."
            )
        return value is True

    def maybe_name(self, row: dict[str, Any], key: str) -> str | None:
        value = row.get(key)
        if value is None or (isinstance(value, str) and value.strip() == value != ""):
            return value
        self.at(key).wrong(
            f"{_show_value(value)} is no name; write text without blanks around it, or leave it out."
        )
        return None


def _place_name(index: int, row: Any) -> str:
    """Return the dossier's position in the file, counted from 0, with its id or name if it has one."""
    inner = row.get("dossier", row) if isinstance(row, dict) else None
    claim = inner.get("claim") if isinstance(inner, dict) else None
    for place in (row, inner, claim):
        for key in ("id", "name"):
            if isinstance(place, dict) and isinstance(place.get(key), str | int):
                return f"dossier {index} ({_show_value(place[key])})"
    return f"dossier {index}"


def _link_identifier(row: Any, index: int) -> str:
    given = row.get("id") if isinstance(row, dict) else None
    return given if isinstance(given, str) else f"L{index}"


def _show_value(value: Any) -> str:
    """Return a value as it is in the file, at most 40 characters, without control characters."""
    if isinstance(value, dict | list):
        return "an object {…}" if isinstance(value, dict) else "a list […]"
    text = json.dumps(value, ensure_ascii=False)
    text = text if text.isprintable() else json.dumps(value)
    return text if len(text) <= 40 else text[:40] + "…"
