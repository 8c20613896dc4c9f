"""Finding what is public by words. Whoever searches goes through here; the index itself is kept by the database."""

from .asking import LATEST, counted, known_words, ranked, search
from .index import compact

__all__ = ["LATEST", "compact", "counted", "known_words", "ranked", "search"]
