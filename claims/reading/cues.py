"""A cue: a place in a sentence that says that somebody said something."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """`subject`: the words that name the speaker; empty if they are the speaker of the cue before.

    `follows`: the cue stands after the words that it attributes, as in “…,” she said.
    `judging`: the verb attributes words in marks only: called it “…”.
    `reported`: the place of the words that are told without marks: said that ….
    """

    start: int
    end: int
    subject: str
    follows: bool = False
    judging: bool = False
    reported: tuple[int, int] | None = None
