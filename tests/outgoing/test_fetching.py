"""A page is fetched, or a sentence says why not: tried against a site that misbehaves on a real port."""

import pytest

from claims.outgoing import fetching
from claims.outgoing.rules import FetchFault
from tests.outgoing.foreign_site import HOST, TEXT, fault, fetch, foreign_site, moved, page


@pytest.fixture(autouse=True)
def _names(names):
    """Nothing here asks a real server for a name."""


def test_a_page_is_fetched_with_its_headers():
    with foreign_site({"/a?b=c": page(TEXT, X_Own="1")}) as site:
        found = fetch(site, "/a?b=c")
    assert found.body == TEXT
    assert found.kind == "text/html"
    assert found.answer.header("x-own") == "1"
    assert found.final_address == site.address("/a?b=c")
    assert not found.has_moved


def test_a_request_says_who_asks_and_carries_nothing_else(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    pages = {"/": moved("/b"), "/b": page(TEXT)}
    pages["/"] = page(b"", "302 Found", Location="/b", Set_Cookie="seen=1")
    with foreign_site(pages) as site:
        fetch(site)
    for head in site.asked:
        lines = dict(line.split(": ", 1) for line in head.splitlines()[1:] if line)
        assert lines.pop("User-Agent") == "WordsAndGround/1 (+desk@example.org)"
        assert lines.pop("Host") == f"{HOST}:{site.port}"
        assert set(lines) == {"Accept", "Accept-Encoding", "Connection"}


def test_redirects_are_followed_and_lasting_ones_told():
    with foreign_site(
        {"/": moved("b", "301 Moved"), "/b": moved("/ä", "308 Moved"), "/%C3%A4": page(TEXT)}
    ) as site:
        found = fetch(site)
    assert found.final_address == site.address("/%C3%A4")
    assert found.has_moved


def test_a_redirect_for_now_is_no_move():
    with foreign_site({"/": moved("/b", "301 Moved"), "/b": moved("/c"), "/c": page(TEXT)}) as site:
        assert not fetch(site).has_moved


def test_a_circle():
    assert "leads in a circle" in str(fault({"/": moved("/b"), "/b": moved("/")}))


def test_more_redirects_than_any_site_needs():
    pages = {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    assert "leads on more than 5 times" in str(fault(pages, "/0"))


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/", "http://127.0.0.1:{other}/", "http://169.254.169.254/latest/meta-data/", "//[::1]/",
        "http://10.0.0.1/", "http://[::ffff:169.254.169.254]/",
    ],
)  # fmt: skip
def test_a_redirect_into_the_own_network_is_not_followed(place):
    with foreign_site({"/": page(TEXT)}) as other:
        place = place.format(other=other.port)
        ports = frozenset({80, 443, other.port})
        with foreign_site({"/": moved(place)}) as site, pytest.raises(FetchFault) as refused:
            fetch(site, ports=ports | {site.port})
        assert "is not on the public web" in str(refused.value)
        assert other.asked == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("file:///etc/passwd", "begins with http://"),
        ("ftp://news.example/", "begins with http://"),
        ("http://a:b@news.example/", "before the @"),
        ("http://news.example:25/", "port 25"),
        ("http://[::1", "cannot be read"),
    ],
)
def test_redirects_are_held_against_all_rules_of_addresses(place, words):
    assert words in str(fault({"/": moved(place)}))


def test_what_was_checked_is_what_is_dialled(names):
    """The name leads to a public machine when it is checked, and to this one a moment later."""
    with foreign_site({"/": page(TEXT)}) as site:
        asked = names(HOST, ["93.184.215.14"], ["127.0.0.1"])
        dialled = []

        def create_connection(address, *args, **kwargs):
            dialled.append(address)
            raise ConnectionRefusedError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("urllib3.util.connection.create_connection", create_connection)
            patch.setattr(fetching.Visitor, "_ask_leave", lambda *args: 0)
            with pytest.raises(FetchFault, match="does not answer"):
                fetch(site)
        assert dialled == [("93.184.215.14", site.port)]
        assert asked == [HOST]
        assert site.asked == []


def test_each_hop_is_looked_up_and_checked_anew(names):
    with foreign_site({"/": moved("/b"), "/b": page(TEXT)}) as site:
        names(
            HOST, ["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]
        )  # for robots.txt, for the first page, for the second
        with pytest.raises(FetchFault, match="is not on the public web"):
            fetch(site)
        assert site.paths == ["/robots.txt", "/"]


def test_a_second_machine_is_tried_if_the_first_does_not_answer(names, monkeypatch):
    with foreign_site({"/": page(TEXT)}) as site:
        names(HOST, ["::1", "127.0.0.1"])
        allowed = frozenset({("127.0.0.1", site.port), ("::1", site.port)})
        assert fetch(site, also_allowed=allowed).body == TEXT
