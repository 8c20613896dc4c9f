"""Arabic: digits, punctuation, quotation marks, plurals, and the prefixes and articles that are written onto words."""

import re
from typing import Final

from .rules import PLAIN_FORMATS, SHORTEST, Inflections, LanguageRules

_ENDINGS: Final = ("ه", "ات", "ون", "ين")
_SHORT_ENDINGS: Final = ("ه", "ات")  # of stems too short to be a word: قوة, قوات
_ARTICLES: Final = ("وال", "بال", "ولل", "لل", "ال")  # “the”, alone or after “and”, “with”, “for”
_FOLDED: Final = {
    **dict.fromkeys("أإآٱ", "ا"), "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ء": "", "ک": "ك", "ی": "ي",
    **{chr(start + digit): str(digit) for start in (0x660, 0x6F0) for digit in range(10)},
}  # fmt: skip
# Also after and, so, a question's أ; with the pronouns that are written onto ليس.
_NEGATIONS: Final = re.compile(
    r"(?<!\w)[وفأ]?(?:لا|لم|لن|ليس|ليست|ليسوا|لست|لسنا|ما|غير|دون|بدون|بلا|عدم|بعدم|كلا|أبدا|أبداً|"
    r"[أنيت]نفي|نفى|نفت|نفينا|نفوا|ينفون|[أنيت]رفض|رفض|رفضت|رفضنا|يرفضون|[أنيت]نكر|أنكر|أنكرت|"
    r"كاذب|كاذبة|باطل|باطلة)(?!\w)"
)


def arabic_forms(base: str) -> set[str]:
    """The word itself, its feminine form and its regular plurals."""
    if len(base) >= SHORTEST:
        return {base, *(base + end for end in _ENDINGS)}
    return {base + end for end in _SHORT_ENDINGS} if len(base) == SHORTEST - 1 else set()


RULES: Final = LanguageRules(
    code="ar",
    name="العربية",
    open_graph="ar_AR",
    digits="٠١٢٣٤٥٦٧٨٩",
    zero="صفر",
    decimal="٫",
    thousands="٬",
    per_cent="٪",
    marks={",": "،", ";": "؛", "→": "←"},
    quotes=("«", "»"),
    inner_quotes=("“", "”"),
    formats={
        **PLAIN_FORMATS,
        "DATETIME_FORMAT": "j F Y، H:i",
        "SHORT_DATETIME_FORMAT": "j/n/Y، H:i",
    },
    negations=_NEGATIONS,
    letters=r"\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    folded=_FOLDED,
    inflections=Inflections(
        pattern=re.compile("[\u0621-\u064a]+"),
        forms=arabic_forms,
        endings=tuple((end, "") for end in _ENDINGS),
    ),
    articles=_ARTICLES,
    prefixes=(*_ARTICLES, "و", "ب", "ل"),
)
