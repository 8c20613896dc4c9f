"""Measures how well articles are read: precision and recall of quotations, and how often speaker and day are right.

`python -m tests.benchmarks.reading [FILE…]` prints a line for each file of passages, and every fault.
"""

import sys
from dataclasses import dataclass, field

from claims.domain.dates import PartialDate
from claims.reading.articles import read_article
from tests.reading.passage_files import FOLDER, Expected, Passage, read_passages


@dataclass
class Score:
    found: int = 0
    expected: int = 0
    right: int = 0
    right_speaker: int = 0
    right_day: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def speakers(self) -> float:
        return self.right_speaker / self.right if self.right else 1.0

    @property
    def days(self) -> float:
        return self.right_day / self.right if self.right else 1.0


def found_in(passage: Passage) -> list[Expected]:
    published = PartialDate.parse(passage.published) if passage.published else None
    reading = read_article(passage.text, published)
    quotations = [
        Expected(
            "verbatim" if one.verbatim else "reported",
            one.text,
            one.speaker,
            str(one.said_on) if one.said_on else None,
        )
        for one in reading.quotations
    ]
    events = [
        Expected("event", one.sentence, one.place, str(one.happened) if one.happened else None)
        for one in reading.events
    ]
    return [*quotations, *events]


def measure(passages: list[Passage], kinds: frozenset[str] = frozenset({"verbatim", "reported"})) -> Score:
    score = Score()
    for passage in passages:
        found = {(one.kind, one.text): one for one in found_in(passage) if one.kind in kinds}
        expected = {(one.kind, one.text): one for one in passage.expected if one.kind in kinds}
        score.found += len(found)
        score.expected += len(expected)
        score.faults += [
            f"{passage.name}: not there: {one}" for key, one in found.items() if key not in expected
        ]
        score.faults += [
            f"{passage.name}: missed: {one}" for key, one in expected.items() if key not in found
        ]
        for key in found.keys() & expected.keys():
            score.right += 1
            score.right_speaker += found[key].who == expected[key].who
            score.right_day += found[key].day == expected[key].day
            if found[key] != expected[key]:
                score.faults.append(f"{passage.name}: {found[key]} for {expected[key]}")
    return score


def main(names: list[str]) -> None:
    for name in names or sorted(path.stem for path in FOLDER.glob("*.txt")):
        passages = read_passages(name)
        for what, kinds in (
            ("quotations", frozenset({"verbatim", "reported"})),
            ("events", frozenset({"event"})),
        ):
            score = measure(passages, kinds)
            print(
                f"{name}: {len(passages)} passages, {score.expected} {what}, precision {score.precision:.3f}, "
                f"recall {score.recall:.3f}, speakers or places {score.speakers:.3f}, days {score.days:.3f}"
            )
            print(*(f"  {fault}" for fault in score.faults), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
