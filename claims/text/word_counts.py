"""How long a text is, in words."""

import re
from typing import Final

MAX_ANSWER_WORDS: Final = 40
_WORD: Final = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    """Words are parted by blanks; a dash or a mark by itself is none."""
    return len(_WORD.findall(text))
