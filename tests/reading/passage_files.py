"""Passages with what is to be found in them, from the text files beside this module."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "passages"


@dataclass(frozen=True)
class Expected:
    """What a passage holds: `kind` is verbatim, reported or event; `who` is the speaker or the place."""

    kind: str
    text: str
    who: str | None
    day: str | None


@dataclass(frozen=True)
class Passage:
    name: str
    published: str | None
    text: str
    expected: tuple[Expected, ...]


def read_passages(name: str) -> list[Passage]:
    """The passages of one file: `=== name | day`, the text, then `--- speaker | day | kind` or `!!! day | place`."""
    blocks = (FOLDER / f"{name}.txt").read_text().split("=== ")[1:]
    return [_read_passage(block) for block in blocks]


def _read_passage(block: str) -> Passage:
    head, _, rest = block.partition("\n")
    name, published = (part.strip() for part in head.split("|"))
    parts = rest.replace("\n!!! ", "\n--- !").split("\n--- ")
    expected = tuple(_read_expected(part) for part in parts[1:])
    return Passage(name, _or_none(published), parts[0].strip(), expected)


def _read_expected(part: str) -> Expected:
    head, _, text = part.partition("\n")
    fields = [field.strip() for field in head.removeprefix("!").split("|")]
    if head.startswith("!"):
        return Expected("event", text.strip(), _or_none(fields[1]), _or_none(fields[0]))
    return Expected(fields[2], text.strip(), fields[0], _or_none(fields[1]))


def _or_none(written: str) -> str | None:
    return None if written in {"null", "none"} else written
