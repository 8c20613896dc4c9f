"""Manners towards other sites, TLS and proxies."""

import pytest

from claims.outgoing import fetching
from claims.outgoing.fetching import Visitor
from claims.outgoing.rules import FetchFault
from tests.outgoing.foreign_site import AUTHORITY, HOST, TEXT, fault, fetch, foreign_site, moved, page


@pytest.fixture(autouse=True)
def _names(names):
    """Nothing here asks a real server for a name."""


def robots(text):
    return page(text.encode(), kind="text/plain")


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: WordsAndGround\nDisallow: /b\n\nUser-agent: *\nAllow: /",
        "User-agent: *\nDisallow: /*?private\nAllow: /",
    ],
)
def test_robots_txt_is_respected(text):
    pages = {"/robots.txt": robots(text), "/b?private": page(TEXT)}
    with foreign_site(pages) as site, pytest.raises(FetchFault, match="asks programs to stay away"):
        fetch(site, "/b?private")
    assert site.paths == ["/robots.txt"]


def test_robots_txt_is_asked_of_each_site_on_the_way():
    with foreign_site({"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/": moved("/b")}) as site:
        with pytest.raises(FetchFault, match="stay away"):
            fetch(site)
        assert site.paths == ["/robots.txt", "/"]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden"])
def test_a_site_without_robots_txt_allows_all(status):
    with foreign_site({"/robots.txt": page(b"", status), "/": page(TEXT)}) as site:
        assert fetch(site).body == TEXT


@pytest.mark.parametrize("status", ["503 Busy", "429 Slow"])
def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(status):
    assert fault({"/robots.txt": page(b"", status), "/": page(TEXT)}).status == int(status[:3])


def test_one_host_is_visited_at_most_every_few_seconds(monkeypatch):
    slept = []
    monkeypatch.setattr(fetching, "sleep", slept.append)
    with foreign_site({"/": page(TEXT)}) as site:
        visitor = Visitor(site.rules(seconds_between=2))
        for _n in range(3):
            visitor.fetch(site.address())
        assert [round(seconds) for seconds in slept] == [0, 2, 4]
        assert site.paths.count("/robots.txt") == 1


def test_a_longer_delay_that_robots_txt_asks_for_is_kept(monkeypatch):
    slept = []
    monkeypatch.setattr(fetching, "sleep", slept.append)
    with foreign_site({"/robots.txt": robots("User-agent: *\nCrawl-delay: 9"), "/": page(TEXT)}) as site:
        visitor = Visitor(site.rules())
        visitor.fetch(site.address())
        visitor.fetch(site.address())
    assert [round(seconds) for seconds in slept] == [0, 9]


def test_a_certificate_is_checked_by_the_name(monkeypatch, tmp_path):
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with foreign_site({"/": page(TEXT)}, secured=True) as site:
        assert Visitor(site.rules()).fetch(site.address(scheme="https")).body == TEXT


def test_a_certificate_of_another_name_is_refused(monkeypatch, names, tmp_path):
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    names("other.example", ["127.0.0.1"])
    with (
        foreign_site({"/": page(TEXT)}, secured=True) as site,
        pytest.raises(FetchFault, match="does not prove"),
    ):
        Visitor(site.rules()).fetch(f"https://other.example:{site.port}/")
    assert site.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused():
    with (
        foreign_site({"/": page(TEXT)}, secured=True) as site,
        pytest.raises(FetchFault, match="does not prove"),
    ):
        Visitor(site.rules()).fetch(site.address(scheme="https"))


def test_a_proxy_is_asked_for_the_machine_that_was_checked():
    with foreign_site({}) as proxy, foreign_site({}) as site:
        for path in ("/robots.txt", "/"):
            proxy.pages[f"http://127.0.0.1:{site.port}{path}"] = page(TEXT)
        found = fetch(site, proxy=f"http://ann:secret@127.0.0.1:{proxy.port}")
        assert found.body == TEXT
        assert f"Host: {HOST}:{site.port}" in proxy.asked[-1]
        assert "Proxy-Authorization: Basic" in proxy.asked[-1].title()
        assert site.asked == []


def test_a_proxy_may_not_be_asked_for_the_own_network(names):
    names("inside.example", ["10.0.0.1"])
    with foreign_site({}) as proxy, pytest.raises(FetchFault, match="is not on the public web"):
        Visitor(proxy.rules(proxy=f"http://127.0.0.1:{proxy.port}")).fetch("http://inside.example/")
    assert proxy.asked == []
