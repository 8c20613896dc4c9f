"""A fetched page as a WARC file: the answer with its headers and time, as archives of the web keep it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.outgoing.content_kinds import unpack
from claims.outgoing.exchanges import RawAnswer
from claims.outgoing.fetching import FetchedPage

from .copy_store import LostCopy

# Of the way from the server, not of the page: http.client has undone them.
_OF_THE_WAY: Final = frozenset({"transfer-encoding", "connection", "keep-alive"})
_WRITTEN: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class KeptPage:
    """What a WARC file holds. `body` is unpacked."""

    address: str
    fetched_at: datetime
    answer: RawAnswer
    body: bytes


def warc_of_page(page: FetchedPage) -> bytes:
    """The file. The same page fetched at the same second gives other bytes: each record has a name of its own."""
    answer = page.answer
    headers = [
        (name, " ".join(value.split())) for name, value in answer.headers if name.lower() not in _OF_THE_WAY
    ]
    written = BytesIO()
    writer = WARCWriter(written, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        page.final_address,
        "response",
        payload=BytesIO(answer.sent),
        length=len(answer.sent),
        http_headers=StatusAndHeaders(
            f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1"
        ),
        warc_headers_dict={"WARC-Date": page.fetched_at.astimezone(UTC).strftime(_WRITTEN)},
    )
    writer.write_record(record)
    return written.getvalue()


def read_warc(content: bytes, most: int) -> KeptPage:
    """The page in the file. Raises LostCopy if there is none, FetchFault if it unpacks to more than `most` bytes."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(content))), None)
    except (ArchiveLoadFailed, ValueError):
        record = None
    if record is None or record.rec_type != "response" or record.http_headers is None:
        raise LostCopy("The file holds no copy of a page.")
    status, _blank, reason = record.http_headers.statusline.partition(" ")
    answer = RawAnswer(
        int(status), reason, tuple(record.http_headers.headers), record.raw_stream.read(most + 1)
    )
    fetched_at = datetime.strptime(record.rec_headers.get_header("WARC-Date"), _WRITTEN).replace(tzinfo=UTC)
    return KeptPage(
        record.rec_headers.get_header("WARC-Target-URI"), fetched_at, answer, unpack(answer, most)
    )
