"""Words that search takes for one another: how they are written down, and which words a word stands for."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from claims.text.search_terms import fold_text

MOST_SYNONYMS: Final = 12  # words that stand for one another
_SEPARATOR: Final = re.compile(r"[,،;؛\n]")


def split_synonyms(words: str) -> list[str]:
    """The words of a list that commas or line breaks separate, as they were typed."""
    return [word for part in _SEPARATOR.split(words) if (word := part.strip())]


def synonyms_by_word(lists: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """For each word, in folded spelling, the others of its lists."""
    found: dict[str, dict[str, None]] = {}
    for words in lists:
        folded = [fold_text(word) for word in split_synonyms(words)][:MOST_SYNONYMS]
        for word in folded:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in folded if other != word))
    return {word: tuple(others)[:MOST_SYNONYMS] for word, others in found.items()}
