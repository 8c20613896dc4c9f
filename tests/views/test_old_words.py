"""Phrases that readers did not understand, which no page may say again."""

import re

import pytest

from tracker.settings import BASE_DIR

OLD_PHRASES = [
    "at their word", "neutral unit", "could be anything", "departs from the words", "The needle stands",
    "not known · 2", "Says who?", "Since when?", "hangs on ·", "speaks until", "ceased to speak",
    "the first of it was said", "Through another lens", "Take the lens away", "lets through", "How it moved",
    "Against the words", "For the words", "The receipt", "knows anything ·", "in the working only", "an echo",
    "Age changes nothing", "What would settle", "What would change this", "it would be another verdict",
    "A score cannot see", "Take it with you", "Put others beside it", "Side by side", "The same figures for each",
    "narrowest gap", "least certain first", "what moved last", "Words above", "Where the reports lie", "Rings below",
    "First what contradicts the words", "holds “", "Everything that ever changed", "seals the one before",
    "What this site knows of you", "letters (", "comes to weigh", "90 % of the doubt", "must not fade",
    "nobody can be found who disputes", "the ground", "Words and ground",
]  # fmt: skip
MESSAGE = re.compile(
    r"""translate "([^"]*)"|blocktranslate[^%]*%}(.*?){% endblocktranslate|\b_\(\s*"([^"]*)\"""", re.DOTALL
)
FOLDERS = [
    "templates/claims",
    "claims/cards",
    "claims/domain",
    "claims/selectors",
    "claims/templatetags",
    "claims/views",
]


def messages_of_readers():
    for folder in FOLDERS:
        for path in (BASE_DIR / folder).rglob("*.*"):
            if path.suffix in (".html", ".py"):
                for found in MESSAGE.finditer(path.read_text(encoding="utf-8")):
                    yield path.relative_to(BASE_DIR), " ".join(next(filter(None, found.groups()), "").split())


@pytest.mark.parametrize("phrase", OLD_PHRASES)
def test_no_message_for_readers_says_what_they_did_not_understand(phrase):
    assert [(str(path), words) for path, words in messages_of_readers() if phrase in words] == []
