"""Rendered pages are stored and answered with one query. A change is visible at once; nothing private is stored."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from claims.actions import rescore_claims
from claims.models import Claim
from tests.factories import NOW, ClaimFactory
from tracker import page_cache
from tracker.page_cache import PageCache, PageKey, StoredPage, StoredPages

KEY = PageKey("https", "host", "/", "", "en", is_compressed=False)


@pytest.fixture(autouse=True)
def _with_page_cache(settings):
    settings.PAGE_CACHE_MB = 4


@pytest.fixture
def claim(db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    claim = ClaimFactory(published=True)
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=NOW)
    return claim


def test_a_stored_page_is_the_same_to_the_last_header_and_costs_one_query(
    client, claim, django_assert_num_queries
):
    first = client.get(claim.get_absolute_url())
    with django_assert_num_queries(1):
        second = client.get(claim.get_absolute_url())
    assert (second.content, second.headers) == (first.content, first.headers)


def test_whoever_has_the_page_is_told_so_after_one_query(client, claim, django_assert_num_queries):
    tag = client.get(claim.get_absolute_url()).headers["ETag"]
    with django_assert_num_queries(1):
        answer = client.get(claim.get_absolute_url(), headers={"if-none-match": tag})
    assert (answer.status_code, answer.content, len(answer.cookies)) == (304, b"", 0)


def test_the_page_is_stored_even_if_its_first_reader_has_it(client, claim, django_assert_num_queries):
    tag = client.get(claim.get_absolute_url()).headers["ETag"]
    ClaimFactory()  # a draft: the page is rendered again, and it is the same
    assert client.get(claim.get_absolute_url(), headers={"if-none-match": tag}).status_code == 304
    with django_assert_num_queries(1):
        assert client.get(claim.get_absolute_url()).status_code == 200


def test_a_change_is_visible_at_once(client, claim):
    client.get(claim.get_absolute_url())
    Claim.objects.filter(pk=claim.pk).update(criterion="Something else would settle it.")
    assert "Something else would settle it." in client.get(claim.get_absolute_url()).text


def test_a_record_that_is_not_public_any_more_is_gone_at_once(client, claim):
    client.get(claim.get_absolute_url())
    Claim.objects.filter(pk=claim.pk).update(status="draft")
    assert client.get(claim.get_absolute_url()).status_code == 404


def test_a_new_day_is_rendered_anew(client, claim, monkeypatch):
    today = client.get("/").content
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=1))
    assert client.get("/").content != today


def test_each_language_and_each_query_has_its_own_page(client, claim):
    pages = [
        client.get(claim.get_absolute_url(), headers={"accept-language": language}).content
        for language in ("en", "ar", "en")
    ]
    assert pages[0] == pages[2] != pages[1]
    assert client.get("/claims/?sort=widest").content != client.get("/claims/").content


def test_a_compressed_page_is_stored_beside_the_plain_one(client, claim):
    packed = client.get(claim.get_absolute_url(), headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(claim.get_absolute_url()).headers


def test_who_is_signed_in_gets_pages_that_are_rendered_for_them(
    admin_client, claim, django_assert_max_num_queries
):
    admin_client.get(claim.get_absolute_url())
    with pytest.raises(pytest.fail.Exception), django_assert_max_num_queries(2):
        admin_client.get(claim.get_absolute_url())


def test_the_form_of_one_reader_is_not_given_to_another(client, claim):
    form = f"/report-an-error/claim/{claim.slug}/"
    assert client.get(form).content != client.get(form).content


def test_maintenance_closes_stored_pages_too(client, claim, settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    assert client.get("/").status_code == 200
    settings.MAINTENANCE_FILE.touch()
    assert client.get("/").status_code == 503


def test_readers_who_ask_for_the_same_page_at_once_get_one_rendering(monkeypatch):
    monkeypatch.setattr(page_cache, "current_version", lambda: "1")
    rendered, has_begun, may_end = [], Event(), Event()

    def render(request):
        rendered.append(request)
        has_begun.set()
        may_end.wait(5)
        return HttpResponse("page", headers={"ETag": '"1"'})

    cache, answers = PageCache(render), []
    readers = [
        Thread(target=lambda: answers.append(cache(RequestFactory().get("/")).content)) for _n in range(4)
    ]
    readers[0].start()
    assert has_begun.wait(5)
    for reader in readers[1:]:
        reader.start()
    may_end.set()
    for reader in readers:
        reader.join(5)
    assert (answers, len(rendered)) == ([b"page"] * 4, 1)


def test_a_rendering_that_fails_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(page_cache, "current_version", lambda: "1")

    def fail(request):
        raise LookupError

    cache = PageCache(fail)
    for _n in range(2):
        with pytest.raises(LookupError):
            cache(RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Vary": "Cookie"}, 200),
        ({"Cache-Control": "private"}, 200),
        ({"Cache-Control": "no-store"}, 200),
        ({}, 404),
    ],
)
def test_what_is_private_or_no_page_is_not_stored(headers, status):
    response = HttpResponse(headers={"ETag": '"1"', **headers}, status=status)
    assert not page_cache.is_storable(response)


def test_an_answer_with_a_cookie_is_not_stored():
    response = HttpResponse(headers={"ETag": '"1"'})
    assert page_cache.is_storable(response)
    response.set_cookie("any", "1")
    assert not page_cache.is_storable(response)


def test_another_version_leaves_nothing_of_the_one_before():
    """So no text that was suppressed stays in memory."""
    pages = StoredPages(1000)
    pages.find("1", KEY)
    pages.store("1", KEY, StoredPage(b"text", {}))
    assert pages.find("1", KEY)
    assert pages.find("2", KEY) is None
    assert pages.find("1", KEY) is None
    pages.store("2", KEY, StoredPage(b"late", {}))  # rendered before the change
    assert pages.find("1", KEY) is None


def test_pages_take_no_more_memory_than_allowed():
    pages, keys = StoredPages(1000), [KEY._replace(path=f"/{n}") for n in range(30)]
    pages.find("1", KEY)
    for key in keys:
        pages.store("1", key, StoredPage(b"x" * 50, {}))
        pages.find("1", keys[0])  # asked for most often
    kept = [key for key in keys if pages.find("1", key)]
    assert (len(kept), keys[0] in kept, keys[1] in kept) == (20, True, False)
    pages.store("1", KEY, StoredPage(b"x" * 51, {}))
    assert pages.find("1", KEY) is None
