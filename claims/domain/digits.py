"""Digits and marks as Arabic readers write them, in a finished page: ٦٠٫٢ for 60.2, “، ” for “, ”, and arrows that
point the way one reads.

Done once, on the whole page, so that none is forgotten. What is in another language or is an identifier (within `lang`
of another language, `<bdi>`, `<code>`, or between the invisible marks of an isolate) stays as it is. So do a date as
data has it, 2021-10-13, and a sign of Latin letters and figures, S/RES/2585: in Arabic digits, or beside Arabic
letters, their parts would change places, so they are set apart.
"""

import re
from collections.abc import Iterator
from typing import Final

_DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MARKS: Final = str.maketrans(",;→", "،؛←")
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


def arabic(text: str) -> str:
    """Plain text with its figures in Arabic digits, its joining marks Arabic and its arrows turned."""
    return "".join(part if _ISOLATE.fullmatch(part) else _written(part) for part in _ISOLATE.split(text))


def _written(text: str) -> str:
    text = _FIGURE.sub(
        lambda figure: _APART.format(figure[0]) if figure["kept"] else _arabic(figure[0]), text
    )
    return _JOIN.sub(lambda mark: mark[0].translate(_MARKS), text)


def _arabic(figure: str) -> str:
    return figure.translate(_DIGITS).replace(".", "٫").replace(",", "٬").replace("%", "٪")


def arabic_page(html: str, language: str = "ar") -> str:
    """HTML with the figures of its texts and spoken attributes in Arabic digits; expects every element closed."""
    return "".join(_pieces(html, language))


def _pieces(html: str, language: str) -> Iterator[str]:
    open_elements: list[tuple[str, bool]] = []  # each with whether its texts are left alone
    for piece in _TAG.split(html):
        alone = bool(open_elements) and open_elements[-1][1]
        if not piece.startswith("<"):
            yield piece if alone else _text(piece)
            continue
        found = _NAME.match(piece)
        if found and found[1]:
            while open_elements and open_elements.pop()[0] != found[2]:
                pass
        elif found:
            alone = _stays(piece, found[2], alone, language)
            if found[2] not in VOID and not piece.endswith("/>"):
                open_elements.append((found[2], alone))
        yield piece if alone else _SPOKEN.sub(lambda part: f"{part[1]}{_text(part[2])}{part[3]}", piece)


def _stays(tag: str, name: str, within: bool, language: str) -> bool:
    if name in LEFT_ALONE:
        return True
    spoken = _LANG.search(tag)
    return within if spoken is None else not spoken[1].startswith(language)


def _text(text: str) -> str:
    return "".join(part if _ENTITY.fullmatch(part) else arabic(part) for part in _ENTITY.split(text))
