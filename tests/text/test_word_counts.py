"""Words are counted by one function, in every language."""

import pytest

from claims.text.word_counts import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Kept.", 1),
        ("About 900 US troops stayed – until 2025.", 7),
        ("  two\n\nwords ", 2),
        ("وبقي فوز نفسه عليها.", 4),
        ("«داعش» — 1,400", 2),
        ("don’t re-count", 2),
    ],
)
def test_words_are_parted_by_blanks_and_a_dash_alone_is_none(text, words):
    assert count_words(text) == words
