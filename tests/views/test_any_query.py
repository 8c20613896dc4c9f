"""Whatever stands in an address is answered, in words, and never with an error of ours."""

from time import process_time
from urllib.parse import quote, quote_plus

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories import ClaimFactory, EvidenceLinkFactory
from tests.views.page import Page

pytestmark = pytest.mark.django_db

SLOW = 2  # s of this process, so that a busy machine fails nothing
LISTS = [
    "/search/",
    "/",
    "/claims/",
    "/speakers/",
    "/topics/",
    "/compare/",
    "/places/",
    "/sources/",
    "/corrections/",
    "/changes/",
    "/method/",
]
HUGE = str(10**18)
SQL = "x' OR 1=1; DROP TABLE claims_claim; --"
FILTERS = [
    "q", "speaker", "standing", "topic", "place", "kind", "state", "gap_min", "gap_max", "said_from", "said_to",
    "sort",
]  # fmt: skip
NASTY = [
    "%00", "a%00b", "%ED%A0%80", "%ED%BF%BF", "%FF%FE", "%C0%80", "%", "%zz", "%u0041", "", "+", HUGE, "-1", "0", "abc",
    "1e400", "nan", "inf", "-inf", "-5", "1.5", "1_0", quote("١٢"), quote("２０２１"), "0000", "9999-12-31", "2021-99",
    "9999-12-31/9999-12-31", "0001-01-01", "[]", "{}", "null", "../../etc/passwd", quote(SQL), quote("🕊️🇸🇾"),
    quote("\u202e\u200f\u061cدمشق"), quote("<script>alert(1)</script>"), quote("\"'><b>"), quote("{{ 7*7 }}{% now %}"),
    quote("\t\r\n"),
    quote("\ufeff\u200b"), quote("İıẞﬃ"), quote("%_\\%"), "9" * 5000, "x" * 10_000, quote("ي" * 3_000), "1e999999999",
    "1e-999999999", "0x10", "+1", "%2B1", "widest;", "__proto__", "id__in", "1%20OR%201",
]  # fmt: skip
WHOLE = [
    "&".join(f"a{number}=1" for number in range(1_000)),
    "&".join(f"q=w{number}" for number in range(5_000)),
    "&".join(f"speaker=s{number}" for number in range(1_000)),
    "&".join(f"speaker=s{number}" for number in range(5_000)),
    "&".join(f"state=s{number}" for number in range(5_000)),
    "q=1&" * 6_000,
    "&".join(["state=matches"] * 2_000),
    "&".join(f"as_of=2021-10-{day:02}" for day in range(1, 32)),
    "as_of=2021-10-31&as_of=nonsense",
    "as_of=nonsense&as_of=2021-10-31",
    "page=1&page=2&page=x",
    "sort=widest&sort=narrowest&sort=nonsense",
    "gap_min=90&gap_max=10",
    "said_from=2022&said_to=2021",
    "said_from=" + "9" * 10_000,
    "q=" + "+".join(["word"] * 2_000),
    "=&=&&&===",
    "&" * 5_000,
    "q[]=1&q[a]=2&q.b=3",
    "?q=1?",
    "q=a#fragment",
    ";q=1;page=2",
    "statement__text__startswith=a&id=1&pk=1&published_by=1&status=draft",
    "speaker__isnull=True&q__regex=(a%2B)%2B$",
]


@pytest.fixture
def site():
    """One claim on every page."""
    return EvidenceLinkFactory(published=True, stance=-2, claim=ClaimFactory(published=True)).claim


def answer(path, query):
    """The status, after checking that the answer is whole, in words where it refuses, and not slow."""
    start = process_time()
    response = Client().get(path, QUERY_STRING=query)
    took = process_time() - start
    assert response.status_code in {200, 301, 302, 400, 404}, response.status_code
    assert took < SLOW, took
    assert not response.cookies or path.startswith("/admin/")
    is_page = response.status_code not in {301, 302} and response.headers["Content-Type"].startswith(
        "text/html"
    )
    if is_page and not path.startswith("/admin/"):
        page = Page(response.content.decode(), path)
        assert page.errors == []
        assert page.one("h1").text
    return response.status_code


# Every value is asked of the pages that read most of an address; the others share that code and are asked a few.
any_value = pytest.mark.parametrize("value", NASTY, ids=lambda value: value[:24])
some_values = pytest.mark.parametrize("value", NASTY[::5], ids=lambda value: value[:24])


@any_value
def test_no_value_of_any_filter_is_an_error_of_ours(site, value):
    everywhere = "&".join(f"{name}={value}" for name in FILTERS)
    for query in (everywhere, f"{everywhere}&as_of=2026-11-20", f"{value}={value}&{value}"):
        answer("/claims/", query)


@any_value
def test_no_value_of_any_lens_is_an_error_of_ours(site, value):
    for name in ("lens", "without", "grades", "half_life", "r_A", "c_1", "d_direct"):
        answer(site.get_absolute_url(), f"{name}={value}")
    answer(site.get_absolute_url(), f"r_A={value}&without={value}&as_of=2026-11-20")


@any_value
def test_no_comparison_is_an_error_of_ours(site, value):
    for name in ("speaker", "topic", "period"):
        answer("/compare/", f"{name}={value}&{name}=2021&as_of=2026-11-20")


@some_values
def test_no_page_of_any_list_is_an_error_of_ours(site, value):
    for path in LISTS:
        answer(path, f"page={value}")


@any_value
def test_no_day_and_no_search_is_an_error_of_ours(site, value):
    for path in ("/search/", site.get_absolute_url(), f"{site.get_absolute_url()}dossier.json"):
        answer(path, f"as_of={value}&q={value}")


@some_values
def test_no_day_and_no_search_is_an_error_of_ours_on_any_page(site, value):
    records = [site, site.statement, site.statement.speaker, site.statement.source, site.links.get().evidence]
    for path in [
        *LISTS,
        *(record.get_absolute_url() for record in records),
        "/admin/login/",
        "/nowhere/",
        "/healthz",
    ]:
        answer(path, f"as_of={value}&q={value}")


@pytest.mark.parametrize("path", LISTS)
def test_the_first_day_that_there_is_has_its_lists(site, path):
    """No day before it can be computed, which would be refused with an error in the log."""
    assert answer(path, "as_of=0001-01-01") == 200


@pytest.mark.parametrize("query", WHOLE, ids=lambda query: query[:40])
def test_no_query_is_an_error_of_ours(site, query):
    for path in ("/claims/", "/nowhere/"):
        answer(path, query)


@pytest.mark.parametrize("query", WHOLE[::5], ids=lambda query: query[:40])
@pytest.mark.parametrize("path", ["/", "/topics/", "/compare/", "/method/", "/admin/login/"])
def test_no_query_is_an_error_of_ours_on_any_page(site, path, query):
    answer(path, query)


def test_a_refused_filter_says_so_beside_a_list_that_still_stands(site):
    for query, words in [
        ("gap_min=-5", "greater than or equal to 0"),
        ("gap_max=101", "less than or equal to 100"),
        ("gap_min=nan", "Enter a number"),
        ("said_from=soon", "is not a date"),
        ("topic=nothing", "Select a valid choice"),
        ("sort=sideways", "Select a valid choice"),
        ("q=" + "x" * 201, "at most 200 characters"),
    ]:
        page = Page(Client().get("/claims/", QUERY_STRING=query).content.decode(), "/claims/")
        assert words in page.one("ul", "errors").text, query
        assert page.all("li", "claim-row"), query


@pytest.mark.parametrize("page", ["0", "2", "-1", "abc", HUGE, "9" * 5000])
def test_a_page_that_a_list_does_not_have_is_not_found(site, page):
    assert answer("/claims/", f"page={page}") == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "%00=q", "q=%ED%A0%80", "as_of=%00", "page=%FF", "speaker=a&speaker=%00"]
)
def test_text_that_no_database_stores_is_refused(site, query):
    for path in [*LISTS, site.get_absolute_url(), "/admin/login/"]:
        assert answer(path, query) == 400


@pytest.mark.parametrize(
    "address",
    [
        "/claims/%00/",
        "/claims/%FF/",
        "/claims/" + "x" * 5000 + "/",
        "/topics/ü/",
        "/claims/../admin/",
        "/%2e%2e/",
    ],
)
def test_no_path_is_an_error_of_ours(address):
    assert answer(address, "") in {301, 400, 404}  # 301: to the one spelling of the address


values = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.sampled_from(["widest", "matches", "official", "fact", "2021", "2021-10", SQL]),
)
names = st.one_of(st.sampled_from([*FILTERS, "page", "as_of"]), st.text(max_size=12))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(names, values), max_size=6), path=st.sampled_from(LISTS))
@example(pairs=[("q", "\0")], path="/")
@example(pairs=[("gap_min", "1e400"), ("gap_max", "nan")], path="/claims/")
def test_any_pairs_at_all_are_answered(site, pairs, path):
    answer(path, "&".join(f"{coded(name)}={coded(value)}" for name, value in pairs))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=80), path=st.sampled_from(LISTS))
def test_any_bytes_at_all_are_answered(site, raw, path):
    answer(path, raw.decode("latin-1"))
    answer(path, quote(raw))
    answer(path, f"q={quote(raw)}&as_of=2026-11-20")


def coded(text):
    return quote_plus(text.encode(errors="surrogatepass"))
