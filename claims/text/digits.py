"""Writes figures and punctuation as the page's language has them: in Arabic ٦٠٫٢ for 60.2, “صفر” for a lone 0,
“، ” for “, ”, and mirrored arrows. The rules are in `claims.languages`.

This runs once, on the finished page, so that no figure is missed. Text in another language and identifiers stay
unchanged: elements with another `lang`, `<bdi>`, `<code>`, and text in Unicode isolates. ISO dates (2021-10-13) and
symbols of Latin letters and digits (S/RES/2585) stay too, and are put into isolates: beside Arabic letters their
parts would change places.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from claims.languages import LanguageRules, rules_for

_JOINING_MARK: Final = re.compile(r"[,;](?=\s|$)|→")
_ISO_DATE_PATTERN: Final = r"\d{4}-\d\d(?:-\d\d)?"
_REFERENCE_SIGN: Final = (
    r"[A-Za-z][A-Za-z0-9]{0,30}(?:[-./][A-Za-z0-9]{1,30}){0,8}(?<=\d)"  # bounded: hostile text costs no more
)
_FIGURE_PATTERN: Final = re.compile(
    rf"(?P<kept>\b{_ISO_DATE_PATTERN}(?:/{_ISO_DATE_PATTERN})?\b|\b{_REFERENCE_SIGN}\b)"
    r"|(?P<zero>(?<![\w.,:/])0(?![\w:/]|[.,]\d|\s?%))|\d+(?:[.,]\d+)*\s?%?"
)
_ISOLATED_FORMAT: Final = "\u2066{}\u2069"  # an isolate that runs from left to right
_HTML_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_TAG_NAME: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_LANG_ATTRIBUTE: Final = re.compile(r'\slang="([^"]*)"')
_SPOKEN_ATTRIBUTE: Final = re.compile(r'(\s(?:aria-label|title|alt|placeholder|data-label)=")([^"]*)(")')
_ISOLATED_TEXT: Final = re.compile(
    "(\u2066[^\u2066-\u2069]*\u2069)"
)  # elements with text to be typed, in its own direction
_HTML_ENTITY: Final = re.compile(r"(&[^;\s]{1,10};)")
VOID_ELEMENTS: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNLOCALIZED_ELEMENTS: Final = frozenset({"bdi", "code", "script", "style", "textarea"})


def localize_figures(text: str, language: str) -> str:
    """Return plain text with the digits, separators, punctuation and arrows of the language."""
    rules = rules_for(language)
    return text if rules.is_written_as_english else _localize_text(text, rules)


def _localize_text(text: str, rules: LanguageRules) -> str:
    parts = _ISOLATED_TEXT.split(text)
    return "".join(
        part if _ISOLATED_TEXT.fullmatch(part) else _localize_text_part(part, rules) for part in parts
    )


def _localize_text_part(text: str, rules: LanguageRules) -> str:
    text = _FIGURE_PATTERN.sub(lambda figure: _localize_figure(figure, rules), text)
    return _JOINING_MARK.sub(lambda mark: rules.marks.get(mark[0], mark[0]), text)


def _localize_figure(figure: re.Match[str], rules: LanguageRules) -> str:
    if figure["kept"]:
        return _ISOLATED_FORMAT.format(figure[0])
    if figure["zero"] and rules.zero:
        return rules.zero
    return figure[0].translate(_number_sign_table(rules))


@cache
def _number_sign_table(rules: LanguageRules) -> dict[int, str]:
    own = [*rules.digits, rules.decimal, rules.thousands, rules.per_cent]
    return {ord(sign): replacement for sign, replacement in zip("0123456789.,%", own, strict=True)}


def localize_figures_of_page(html: str, language: str) -> str:
    """Return HTML with the figures of its texts and of spoken attributes in the digits of the language.

    Expects that every element is closed.
    """
    rules = rules_for(language)
    return html if rules.is_written_as_english else "".join(_localized_html_parts(html, rules))


def _localized_html_parts(html: str, rules: LanguageRules) -> Iterator[str]:
    open_elements: list[tuple[str, bool]] = []  # the tag, and whether its texts stay unchanged
    for piece in _HTML_TAG.split(html):
        alone = bool(open_elements) and open_elements[-1][1]
        if not piece.startswith("<"):
            yield piece if alone else _localize_html_text(piece, rules)
            continue
        found = _TAG_NAME.match(piece)
        if found and found[1]:
            while open_elements and open_elements.pop()[0] != found[2]:
                pass
        elif found:
            alone = _keeps_western_digits(piece, found[2], alone, rules.code)
            if found[2] not in VOID_ELEMENTS and not piece.endswith("/>"):
                open_elements.append((found[2], alone))
        yield (
            piece
            if alone
            else _SPOKEN_ATTRIBUTE.sub(
                lambda part: f"{part[1]}{_localize_html_text(part[2], rules)}{part[3]}", piece
            )
        )


def _keeps_western_digits(tag: str, name: str, within: bool, language: str) -> bool:
    if name in UNLOCALIZED_ELEMENTS:
        return True
    spoken = _LANG_ATTRIBUTE.search(tag)
    return within if spoken is None else not spoken[1].startswith(language)


def _localize_html_text(text: str, rules: LanguageRules) -> str:
    parts = _HTML_ENTITY.split(text)
    return "".join(part if _HTML_ENTITY.fullmatch(part) else _localize_text(part, rules) for part in parts)
