"""Draws share cards: takes plain data, returns the bytes of a PNG."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from claims.cards.card_image import CARD_HEIGHT, CARD_WIDTH, draw_card_png
from claims.cards.share_card import CardKey, CardText, ShareCard

__all__ = ["CARD_HEIGHT", "CARD_LOOK", "CARD_WIDTH", "CardKey", "CardText", "ShareCard", "draw_card_png"]


def _design_fingerprint() -> str:
    parts = [path for path in sorted(Path(__file__).parent.rglob("*")) if path.suffix in (".py", ".ttf")]
    return sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()[:16]


CARD_LOOK: Final = (
    _design_fingerprint()
)  # fingerprint of the code and the fonts; a change of either makes new cards
