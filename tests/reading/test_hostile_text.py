"""A text that is no article takes seconds at most, whatever it repeats."""

import pytest

from claims.reading.articles import read_article


@pytest.mark.parametrize("repeated", ["“a ", "said ", ", a ", "’", "«و"])
def test_repeated_marks_and_verbs_hold_no_quotation_of_anybody(repeated: str):
    assert all(one.verbatim for one in read_article(repeated * 8000).quotations)
