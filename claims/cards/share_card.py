from dataclasses import dataclass

from claims.drawing.gap_bar import GapBar


@dataclass(frozen=True, slots=True)
class CardText:
    """A text, and whether it runs from right to left."""

    text: str
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class CardKey:
    """What the parts of the bar mean."""

    against: str
    unknown: str
    for_: str


@dataclass(frozen=True, slots=True)
class ShareCard:
    """The content of a card, in one language. `rtl` is the direction of the whole card."""

    who: CardText
    claim: CardText
    quote: CardText
    verdict: str
    bar: GapBar | None  # None for a claim that cannot be checked
    key: CardKey
    sentence: str  # the verdict's sentence, or why it cannot be checked
    day: str
    site: str
    rtl: bool = False
    one_person: str = ""  # that one person published it alone
