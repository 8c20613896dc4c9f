"""Digits and marks of the page's language, in a finished page. In Arabic ٦٠٫٢ for 60.2, “، ” for “, ”, and arrows that
point the way one reads; `claims.languages` has the rules of each language.

Done once, on the whole page, so that none is forgotten. What is in another language or is an identifier (within `lang`
of another language, `<bdi>`, `<code>`, or between the invisible marks of an isolate) stays as it is. So do a date as
data has it, 2021-10-13, and a sign of Latin letters and figures, S/RES/2585: in Arabic digits, or beside Arabic
letters, their parts would change places, so they are set apart.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from claims.languages import LanguageRules, rules_for

_JOIN: Final = re.compile(r"[,;](?=\s|$)|→")
_ISO: Final = r"\d{4}-\d\d(?:-\d\d)?"
_SIGN: Final = (
    r"[A-Za-z][A-Za-z0-9]{0,30}(?:[-./][A-Za-z0-9]{1,30}){0,8}(?<=\d)"  # bounded: hostile text costs no more
)
_FIGURE: Final = re.compile(rf"(?P<kept>\b{_ISO}(?:/{_ISO})?\b|\b{_SIGN}\b)|\d+(?:[.,]\d+)*\s?%?")
_APART: Final = "\u2066{}\u2069"  # an isolate that runs from left to right
_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_LANG: Final = re.compile(r'\slang="([^"]*)"')
_SPOKEN: Final = re.compile(r'(\s(?:aria-label|title|alt|placeholder|data-label)=")([^"]*)(")')
_ISOLATE: Final = re.compile("(\u2066[^\u2066-\u2069]*\u2069)")  # what is to be typed, in its own direction
_ENTITY: Final = re.compile(r"(&[^;\s]{1,10};)")
VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
LEFT_ALONE: Final = frozenset({"bdi", "code", "script", "style", "textarea"})


def localize_figures(text: str, language: str) -> str:
    """Plain text with its figures in the digits of the language, its joining marks the language's and its arrows
    turned."""
    rules = rules_for(language)
    return text if rules.is_written_as_english else _localized(text, rules)


def _localized(text: str, rules: LanguageRules) -> str:
    parts = _ISOLATE.split(text)
    return "".join(part if _ISOLATE.fullmatch(part) else _localized_part(part, rules) for part in parts)


def _localized_part(text: str, rules: LanguageRules) -> str:
    signs = _signs_of_numbers(rules)
    text = _FIGURE.sub(
        lambda figure: _APART.format(figure[0]) if figure["kept"] else figure[0].translate(signs), text
    )
    return _JOIN.sub(lambda mark: rules.marks.get(mark[0], mark[0]), text)


@cache
def _signs_of_numbers(rules: LanguageRules) -> dict[int, str]:
    own = [*rules.digits, rules.decimal, rules.thousands, rules.per_cent]
    return {ord(sign): replacement for sign, replacement in zip("0123456789.,%", own, strict=True)}


def localize_figures_of_page(html: str, language: str) -> str:
    """HTML with the figures of its texts and spoken attributes in the digits of the language; expects every element
    closed."""
    rules = rules_for(language)
    return html if rules.is_written_as_english else "".join(_pieces(html, rules))


def _pieces(html: str, rules: LanguageRules) -> Iterator[str]:
    open_elements: list[tuple[str, bool]] = []  # each with whether its texts are left alone
    for piece in _TAG.split(html):
        alone = bool(open_elements) and open_elements[-1][1]
        if not piece.startswith("<"):
            yield piece if alone else _text(piece, rules)
            continue
        found = _NAME.match(piece)
        if found and found[1]:
            while open_elements and open_elements.pop()[0] != found[2]:
                pass
        elif found:
            alone = _stays(piece, found[2], alone, rules.code)
            if found[2] not in VOID and not piece.endswith("/>"):
                open_elements.append((found[2], alone))
        yield (
            piece if alone else _SPOKEN.sub(lambda part: f"{part[1]}{_text(part[2], rules)}{part[3]}", piece)
        )


def _stays(tag: str, name: str, within: bool, language: str) -> bool:
    if name in LEFT_ALONE:
        return True
    spoken = _LANG.search(tag)
    return within if spoken is None else not spoken[1].startswith(language)


def _text(text: str, rules: LanguageRules) -> str:
    parts = _ENTITY.split(text)
    return "".join(part if _ENTITY.fullmatch(part) else _localized(part, rules) for part in parts)
