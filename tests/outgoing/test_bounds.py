"""What a site may cost: time, bytes, headers, and what its answer unpacks to; and what it may send."""

import gzip
import socket
import time

import pytest

from claims.outgoing.rules import FetchFault
from tests.outgoing.foreign_site import TEXT, fault, fetch, foreign_site, packed, page


@pytest.fixture(autouse=True)
def _names(names):
    """Nothing here asks a real server for a name."""


def in_time(seconds=3):
    return pytest.approx(0, abs=seconds)


@pytest.mark.parametrize("way", ["drip", "drip_headers", "stall"])
def test_a_slow_site_does_not_outlast_the_time_allowed(way):
    with foreign_site({}) as site:
        site.pages["/"] = getattr(site, way)
        start = time.monotonic()
        with pytest.raises(FetchFault, match="did not send the page in time"):
            fetch(site, seconds=0.5)
        assert time.monotonic() - start == in_time()


def test_a_robots_txt_that_drips_ends_too():
    with foreign_site({"/": page(TEXT)}) as site:
        site.pages["/robots.txt"] = site.drip
        with pytest.raises(FetchFault, match="in time"):
            fetch(site, seconds=0.5)
        assert site.paths == ["/robots.txt"]


def test_a_large_body_is_not_read_on():
    sent = []

    def endless(connected: socket.socket) -> None:
        connected.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            sent.append(connected.send(b"x" * 65_536))

    assert "larger than 1 MB" in str(fault({"/": endless}, most_sent=1_000_000))
    assert sum(sent) < 20_000_000


def test_a_gzip_bomb_is_not_unpacked():
    assert "unpacks to more than 20 MB" in str(fault({"/": packed(300_000_000)}))


def test_gzip_within_bounds_is_unpacked_also_in_several_parts():
    with foreign_site(
        {"/": page(gzip.compress(TEXT, mtime=0) + gzip.compress(b"more", mtime=0), Content_Encoding="gzip")}
    ) as site:
        assert fetch(site).body == TEXT + b"more"


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(TEXT, mtime=0)[:-10]])
def test_damaged_gzip(body):
    assert "is damaged" in str(fault({"/": page(body, Content_Encoding="gzip")}))


def test_a_packing_that_was_not_asked_for():
    assert "not asked for (br)" in str(fault({"/": page(b"x", Content_Encoding="br")}))


@pytest.mark.parametrize(
    "headers",
    [
        b"".join(b"X-%d: %s\r\n" % (n, b"x" * 4000) for n in range(20)),
        b"".join(b"X-%d: y\r\n" % n for n in range(500)),
        b"X: " + b"x" * 100_000 + b"\r\n",
    ],
    ids=["much", "many", "long"],
)
def test_headers_are_bounded(headers):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + TEXT
    words = str(fault({"/": answer}))
    assert "more headers than any page needs" in words or "cannot be read" in words


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", page(TEXT)[:-5]])
def test_broken_answers(answer):
    assert "broke off its answer" in str(fault({"/": answer}))


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"\x89PNG\0\0\0", "image/png", "a file of the type image/png"),
        (b"MZ\x90\0\x03", "text/html", "holds NUL bytes"),
        (b"<p>a\0b</p>", "text/html", "holds NUL bytes"),
        (b"PK\x03\x04\0\0", "application/octet-stream", "holds NUL bytes"),
        (b"%PDF-1.7\n\0", "text/html", "says that it sends text/html, but what it sent is application/pdf"),
        (
            b"<p>Log in</p>",
            "application/pdf",
            "says that it sends application/pdf, but what it sent is text/html",
        ),
        (b" \n", "text/html", "an empty page"),
        (b"{}", "application/json", "a file of the type application/json"),
    ],
)
def test_a_type_that_is_not_kept_or_that_lies(body, kind, words):
    assert words in str(fault({"/": page(body, kind=kind)}))


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (b"%PDF-1.7\n\0", "application/octet-stream", "application/pdf"),
        (b"%PDF-1.7\n\0", "application/pdf", "application/pdf"),
        (b"plain", "text/plain; charset=utf-8", "text/plain"),
        ("\ufeff<p>x</p>".encode("utf-16-le"), "text/html", "text/html"),
    ],
)
def test_the_content_says_what_it_is(body, kind, found):
    with foreign_site({"/": page(body, kind=kind)}) as site:
        assert fetch(site).kind == found


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "The page is not there (404)."),
        ("410 Gone", "The page was taken down (410)."),
        ("451 Unavailable", "The page is withheld for legal reasons (451)."),
        ("403 Forbidden", "does not show the page to programs (403)"),
        ("429 Slow", "asks for fewer visits (429)"),
        ("503 Busy", "has a fault of its own (503)"),
        ("204 Nothing", "answered 204 instead of the page"),
        ("302 Found", "answered 302 instead of the page"),
    ],
)
def test_refusals_say_what_to_do(status, words):
    refused = fault({"/": page(b"", status)})
    assert words in str(refused)
    assert refused.status == int(status[:3])
