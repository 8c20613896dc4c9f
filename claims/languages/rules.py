"""The rules that differ between languages, apart from the translations in the catalogue."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

SHORTEST: Final = 3  # letters; shorter words have no other forms

PLAIN_FORMATS: Final[Mapping[str, object]] = {
    "DATE_FORMAT": "j F Y",
    "TIME_FORMAT": "H:i",
    "DATETIME_FORMAT": "j F Y, H:i",
    "YEAR_MONTH_FORMAT": "F Y",
    "MONTH_DAY_FORMAT": "j F",
    "SHORT_DATE_FORMAT": "j/n/Y",
    "SHORT_DATETIME_FORMAT": "j/n/Y, H:i",
    # As in English: the figures are converted on the finished page.
    "DECIMAL_SEPARATOR": ".",
    "THOUSAND_SEPARATOR": ",",
    "NUMBER_GROUPING": 3,
}


@dataclass(frozen=True, slots=True, eq=False)
class Inflections:
    """The regular forms of words, in folded spelling as in the search index.

    `pattern` matches a whole word of the language. `forms` returns all forms of a base word including itself, or an
    empty set if it is no word. Each pair in `endings` is an ending to remove from a form and one to add, to get a
    base word.
    """

    pattern: re.Pattern[str]
    forms: Callable[[str], set[str]]
    endings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LanguageRules:
    """The rules of one language. The defaults are those of English; a language without a module uses them."""

    code: str
    name: str = ""  # its own name; empty: the name that Django has
    open_graph: str = ""  # its locale in OpenGraph, such as en_US; empty: the code

    # Numbers and marks of finished pages, feeds and cards
    digits: str = "0123456789"
    zero: str = ""  # the word for a count of nothing, where the digit alone is hard to see; empty: the digit
    decimal: str = "."
    thousands: str = ","
    per_cent: str = "%"
    marks: Mapping[str, str] = field(default_factory=dict)  # replacements of , ; and →

    # Quotation marks, and those of a quotation within one
    quotes: tuple[str, str] = ("“", "”")
    inner_quotes: tuple[str, str] = ("‘", "’")

    # Django's formats, with the names of django.conf.locale.en.formats. Empty: Django's own for the language
    formats: Mapping[str, object] = field(default_factory=lambda: PLAIN_FORMATS)

    # A character class of its letters: a text made mostly of them is taken for this language
    letters: str = ""

    # Words that deny: one of them stands in a quotation that denies something. None: nobody has listed them
    negations: re.Pattern[str] | None = None

    # Search
    folded: Mapping[str, str] = field(default_factory=dict)  # letters that a search treats as another letter
    inflections: Inflections | None = None
    articles: tuple[str, ...] = ()  # written onto the beginning of a word
    prefixes: tuple[str, ...] = ()  # articles, and all else written onto the beginning of a word

    @property
    def is_written_as_english(self) -> bool:
        """Whether a finished page in the language needs no change of its figures and punctuation."""
        figures = (self.digits, self.decimal, self.thousands, self.per_cent)
        return figures == ("0123456789", ".", ",", "%") and not self.marks and not self.zero
