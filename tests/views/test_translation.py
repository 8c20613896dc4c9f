"""Every sentence goes through gettext: in a language that marks what it translates, nothing else but data is left."""

import re

import pytest

from claims.actions.account_holding import HELD
from claims.selectors.map_shapes import COUNTRIES, load_atlas
from tests.django_internals import replace_translation_function
from tests.syria import RECORDS
from tests.views.page import Page
from tests.views.test_every_page import CHANGES, ERRORS, PAGES, QUESTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

# Not language: the site's name, what is written alike everywhere, and the file's own name.
BARE = {
    "BibTeX",
    "RIS",
    "CSL-JSON",
    "Words & Ground",
    "العربية",
    "Words",
    "Ground",
    "gap-beta/1.0",
}
HASH = re.compile(r"(\d+:)?[0-9a-f]{64}")
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label", "content")


@pytest.fixture
def _marked(monkeypatch):
    """A language in which every translated text stands in ⟦brackets⟧."""
    for name in ("gettext", "pgettext"):
        replace_translation_function(monkeypatch, name, lambda *words: f"⟦{words[-1]}⟧")
    for name in ("ngettext", "npgettext"):
        replace_translation_function(
            monkeypatch, name, lambda *words: f"⟦{words[-3 if words[-1] == 1 else -2]}⟧"
        )


def strings(value):
    """All texts within it, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


@pytest.fixture(scope="module")
def data():
    """All that editors wrote, and the names of countries on a map, as one text."""
    values = [value for record in RECORDS for value in strings(record["fields"])]
    countries = [name for shape in load_atlas(COUNTRIES).shapes for name in shape.names.values()]
    return flat("\n".join([*values, *countries, HELD]))


@pytest.mark.usefixtures("_marked")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        *((page, 200) for page in [*PAGES, *CHANGES, *QUESTIONS]),
        ("/claims/no-sanction-lifted/?as_of=2021-10-31", 200),
        ("/claims/?gap_min=x&q=aid", 200),
        *ERRORS,
    ],
)
def test_every_sentence_of_a_page_is_translated(look, data, address, status):
    page = look(address, status)
    bare = [text for text in texts(page) if text not in BARE and text not in data]
    assert [text for text in bare if not is_data(text, data)] == []


def is_data(text, data):
    """Whether editors wrote all of it: several texts in a row, or one that is cut at “…”."""
    return all(part.removesuffix("…") in data for part in re.split(r": |(?<=\.) ", text))


@pytest.mark.usefixtures("_marked")
def test_the_brackets_stand_so_the_test_above_can_fail(look):
    page = look("/claims/")
    assert "⟦Skip to the content⟧" in page.source
    assert "Undisclosed" in [*texts(Page("<main><p>Undisclosed ⟦known⟧</p></main>", "/"))]


def texts(page: Page):
    """What is left of all visible and spoken texts without their translated parts; only letters count."""
    for node in page.walk():
        for name, value in node.attributes.items():
            if name in SPOKEN and not (node.tag == "meta" and node.attributes.get("name") != "description"):
                yield from untranslated(value)
    # A translated sentence may hold tags: its brackets open in one text and close in another.
    yield from untranslated("\1".join(spoken(page)))


def spoken(node):
    """All texts but code: what a script holds, what is to be pasted, names of files and columns."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag not in {"script", "textarea", "code"}:
            yield from spoken(child)


def untranslated(text):
    """The pieces outside all brackets, which may be nested."""
    while (without := re.sub(r"⟦[^⟦⟧]*⟧", "\0", text)) != text:
        text = without
    for piece in re.split(r"[\0\1]", text):
        words = flat(piece).strip(" ,;:–—…“”()→←↗.·")
        parts = (
            [words]
            if words in BARE
            else re.split(r" · | – | ← |; |: |, ", "" if HASH.fullmatch(words) else words)
        )
        yield from (part for part in parts if re.search(r"[^\W\d_]{2}", part))


def flat(text):
    return " ".join(text.split())
