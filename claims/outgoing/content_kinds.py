"""What a server sent, unpacked within bounds, and what it is: by its content, not by what the server calls it."""

import codecs
import zlib
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from .exchanges import RawAnswer
from .rules import FetchFault

_WBITS_OF_GZIP: Final = 16 + zlib.MAX_WBITS
_MARKS_OF_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT: Final = 2048  # bytes at the beginning, where PDF files may hold other bytes before their own


class ContentKind(StrEnum):
    """The kinds of pages that are kept."""

    HTML = "text/html"
    PLAIN = "text/plain"
    PDF = "application/pdf"


_DECLARED: Final = {
    "": None, "application/octet-stream": None, "binary/octet-stream": None,
    "text/html": ContentKind.HTML, "application/xhtml+xml": ContentKind.HTML, "text/plain": ContentKind.PLAIN,
    "application/pdf": ContentKind.PDF, "application/x-pdf": ContentKind.PDF,
}  # fmt: skip


def unpack(answer: RawAnswer, most: int) -> bytes:
    """The body as it was before the server packed it. Raises FetchFault beyond `most` bytes."""
    packing = answer.header("content-encoding").lower()
    if packing in {"", "identity"}:
        return answer.sent
    if packing not in {"gzip", "x-gzip"}:
        raise FetchFault(
            _("The site packs its pages in a way that was not asked for (%(way)s).") % {"way": packing[:40]}
        )
    try:
        return _gunzip(answer.sent, most)
    except zlib.error:
        raise FetchFault(_("What the site sent is damaged. Try again later.")) from None


def _gunzip(packed: bytes, most: int) -> bytes:
    parts: list[bytes] = []
    room = most + 1
    while packed:
        member = zlib.decompressobj(_WBITS_OF_GZIP)
        part = member.decompress(packed, room)
        parts.append(part)
        room -= len(part)
        if room <= 0:
            raise FetchFault(
                _("What the site sent unpacks to more than %(most)d MB; it was not unpacked further.")
                % {"most": most // 1_000_000}
            )
        if not member.eof:
            raise zlib.error
        packed = member.unused_data.lstrip(b"\0")
    return b"".join(parts)


def declared_kind(said: str) -> ContentKind | None:
    """The kind by the type that a server names; None if that says nothing. Raises FetchFault for what is not kept."""
    said = said.partition(";")[0].strip().lower()
    if said not in _DECLARED:
        raise FetchFault(
            _("The address leads to a file of the type %(type)s; only pages, texts and PDF files are kept.")
            % {"type": said[:60]}
        )
    return _DECLARED[said]


def kind_of_content(answer: RawAnswer, body: bytes) -> ContentKind:
    """What the body is. Raises FetchFault if it is no text, or not what the server calls it."""
    declared = declared_kind(answer.header("content-type"))
    if b"%PDF-" in body[:_LOOKED_AT]:
        found = ContentKind.PDF
    elif b"\0" in body and not body.startswith(_MARKS_OF_UTF16):
        raise FetchFault(_("What the site sent is no text: it holds NUL bytes. Keep such a file by hand."))
    else:
        found = ContentKind.PLAIN if declared is ContentKind.PLAIN else ContentKind.HTML
    if not body.strip():
        raise FetchFault(
            _("The site sent an empty page. Open it in a browser, and enter the report by hand.")
        )
    if declared and (declared is ContentKind.PDF) != (found is ContentKind.PDF):
        raise FetchFault(
            _("The site says that it sends %(said)s, but what it sent is %(found)s.")
            % {"said": declared.value, "found": found.value}
        )
    return found
