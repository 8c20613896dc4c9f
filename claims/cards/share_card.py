from dataclasses import dataclass

from claims.drawing.gap_bar import GapBar


@dataclass(frozen=True, slots=True)
class CardText:
    """A text, and whether it runs from right to left."""

    text: str
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class ShareCard:
    """The content of a card, in one language. `rtl` is the direction of the whole card."""

    who: CardText
    quote: CardText
    verdict: str
    bar: GapBar | None  # None for a claim that cannot be checked
    figures: str  # the gap and its interval, in small type
    then_and_now: str  # or why it cannot be checked
    day: str
    site: str
    rtl: bool = False
