"""What was fetched is read from its WARC file again, also by other programs that read WARC."""

import gzip
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from claims.copies.copy_store import LostCopy
from claims.copies.warc_files import read_warc, warc_of_page
from claims.outgoing.content_kinds import ContentKind
from claims.outgoing.exchanges import RawAnswer
from claims.outgoing.fetching import FetchedPage
from claims.outgoing.rules import FetchFault

BODY = "<p>عبرت الشاحنات</p>".encode()
AT = datetime(2026, 11, 28, 9, 30, 5, tzinfo=UTC)
MOST = 1_000_000


def fetched(sent=BODY, **headers):
    told = [(name.replace("_", "-"), value) for name, value in headers.items()]
    answer = RawAnswer(200, "OK", (("Content-Type", "text/html"), *told), sent)
    return FetchedPage(
        "http://news.example/", "http://news.example/a?b", False, answer, BODY, ContentKind.HTML, AT
    )


def test_a_page_comes_back_with_its_address_headers_and_time():
    kept = read_warc(warc_of_page(fetched(X_Own="1")), MOST)
    assert (kept.address, kept.fetched_at, kept.body) == ("http://news.example/a?b", AT, BODY)
    assert (kept.answer.status, kept.answer.reason, kept.answer.header("x-own")) == (200, "OK", "1")


def test_what_was_packed_stays_as_it_was_sent():
    packed = gzip.compress(BODY, mtime=0)
    kept = read_warc(warc_of_page(fetched(packed, Content_Encoding="gzip")), MOST)
    assert kept.answer.sent == packed
    assert kept.body == BODY


def test_headers_of_the_way_are_left_out():
    kept = read_warc(warc_of_page(fetched(Transfer_Encoding="chunked", Connection="close")), MOST)
    assert [name for name, _value in kept.answer.headers] == ["Content-Type"]
    assert kept.body == BODY


@pytest.mark.parametrize("value", ["a\r\nInjected: 1", "a\n b", "Ø æ", "x" * 30_000, ""])
def test_no_header_breaks_the_file(value):
    kept = read_warc(warc_of_page(fetched(X_Own=value)), MOST)
    assert kept.body == BODY
    assert kept.answer.header("injected") == ""


def test_other_programs_can_check_it():
    content = warc_of_page(fetched())
    record = next(iter(ArchiveIterator(BytesIO(content), check_digests="raise")))
    assert record.rec_headers.get_header("WARC-Payload-Digest").startswith("sha")
    assert record.content_stream().read() == BODY


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", gzip.compress(b"nonsense", mtime=0), b"WARC/1.1\r\n\r\n"]
)
def test_a_file_that_holds_no_page(content):
    with pytest.raises(LostCopy, match="holds no copy"):
        read_warc(content, MOST)


def test_a_page_that_unpacks_beyond_bounds_is_not_unpacked():
    packed = gzip.compress(b"x" * 5_000_000, mtime=0)
    with pytest.raises(FetchFault, match="unpacks to more than 1 MB"):
        read_warc(warc_of_page(fetched(packed, Content_Encoding="gzip")), MOST)
