"""Share cards: plain data in, PNG bytes out."""

from .card import Card, Words
from .drawing import HEIGHT, WIDTH, png

__all__ = ["HEIGHT", "WIDTH", "Card", "Words", "png"]
