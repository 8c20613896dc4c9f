import pytest
from django.apps import apps
from django.contrib import admin
from django.http import UnreadablePostError
from django.test import Client, RequestFactory

from tests.factories import TopicFactory
from tests.savepoints import rolled_back_savepoint
from tracker import guards
from tracker.wsgi import application

pytestmark = pytest.mark.django_db

HUGE = "9" * 23
MODELS = sorted(
    f"{model._meta.app_label}/{model._meta.model_name}"
    for model in apps.get_models()
    if admin.site.is_registered(model) and model._meta.model_name != "deskstep"  # shown to nobody
)
FILTERS = [
    *(f"p={value}" for value in (10**18, HUGE, "9" * 5000, -1, "x")),
    *(f"id__{lookup}={HUGE}" for lookup in ("exact", "gt", "lt", "in", "range", "gte")),
    f"id__in=1,{HUGE}",
    "id__exact=" + "9" * 5000,
    "id__exact=1e999",
    "id=x",
    "pk=x",
    "o=999999999999999999999.-7.x",
    "o=" + "9" * 5000,
    "e=1",
    "all=",
    "_popup=1&_to_field=password",
    "nonsense__nonsense=1",
    "password__startswith=a",
    "q=" + "x" * 5000,
    "q=%F0%9F%95%8A",
    "date_joined__year=99999999999999",
    "date_joined__year=0",
    "date_joined__gte=99999-99-99",
    "attempt_time__year=" + HUGE,
    "_facets=x",
    "is_staff__exact=2",
    "&".join(f"a{number}=1" for number in range(1200)),
    "q=1&" * 6000,
]


# The same code of Django answers for every model, so that one of each kind gets all and every other some.
ALL_FOR = {"auth/user", "axes/accessattempt", "claims/claim"}
SOME = [
    "e=1",
    f"p={HUGE}",
    f"id__in=1,{HUGE}",
    f"id__range={HUGE}",
    f"o={HUGE}",
    "nonsense__nonsense=1",
    "q=%F0%9F%95%8A",
]


@pytest.mark.parametrize("lookup", ["regex", "iregex"])
def test_a_list_of_the_desk_is_not_searched_by_a_pattern(root, lookup):
    TopicFactory()  # without a row, SQLite reads no pattern
    response = root.get(f"/admin/claims/topic/?slug__{lookup}=(")
    assert response.status_code == 400
    assert "asks for a pattern" in response.content.decode()


def status_of(client, address):
    with rolled_back_savepoint():
        return client.get(address, follow=True).status_code


@pytest.mark.parametrize("model", MODELS)
def test_no_filter_of_the_desk_is_an_error_of_ours(root, model):
    queries = FILTERS if model in ALL_FOR else SOME
    statuses = {query[:60]: status_of(root, f"/admin/{model}/?{query}") for query in queries}
    assert {query: status for query, status in statuses.items() if status not in {200, 400}} == {}
    assert statuses["e=1"] == 200


@pytest.mark.parametrize("view", ["change", "delete", "history"])
@pytest.mark.parametrize("model", MODELS)
def test_no_key_in_an_address_is_an_error_of_ours(root, model, view):
    keys = (
        ["x", HUGE]
        if model not in ALL_FOR
        else [HUGE, "0", "-1", "x", "9" * 5000, "_00", "1e9", "%F0%9F%95%8A"]
    )
    statuses = {key[:30]: status_of(root, f"/admin/{model}/{key}/{view}/") for key in keys}
    # Each is sent back to the front of the desk, or not found; 403 where nobody may change such a record.
    assert set(statuses.values()) <= {200, 403, 404}, statuses


BROKEN = [
    ("/?q=%00", "NUL"),
    ("/?%00=q", "NUL"),
    ("/?q=a%00b&q=c", "NUL"),
    ("/%00", "NUL"),
    ("/admin/login/?next=%00", "NUL"),
    ("/?q=%ED%A0%80", "UTF-8"),  # half of a character
    ("/?q=%FF", "UTF-8"),
    ("/?q=%C0%80", "UTF-8"),  # NUL in disguise
]


@pytest.mark.parametrize(("address", "word"), BROKEN)
def test_text_that_no_database_stores_is_refused_with_a_page_that_says_so(client, address, word):
    path, _, query = address.partition("?")
    response = client.get(path, QUERY_STRING=query) if query else client.get(path)
    assert response.status_code == 400
    assert word in response.content.decode()
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "query", ["q=%D8%AF%D9%85%D8%B4%D9%82", "q=%F0%9F%95%8A", "q=%", "q=%zz", "q=a+b%0A", ""]
)
def test_all_other_text_passes(client, query):
    assert client.get("/", QUERY_STRING=query).status_code == 200


def test_a_query_of_a_thousand_parameters_is_answered(client):
    assert client.get("/?" + "&".join(f"a{number}=1" for number in range(1200))).status_code == 200


def test_too_many_parameters_are_refused_by_a_page_that_does_not_count_them_again(client):
    response = client.get("/?" + "q=1&" * 6000)
    assert response.status_code == 400
    assert "front page" in response.content.decode()


@pytest.mark.parametrize("charset", ["utf-16", "raw_unicode_escape", "idna", "utf-7"])
def test_text_in_another_encoding_is_refused(client, charset):
    response = client.get(r"/?q=\ud800", headers={"content-type": f"text/plain; charset={charset}"})
    assert response.status_code == 400


def ask_server(**environ):
    """Past the test client, which builds its requests in Django's own way."""
    answer = []

    def start_response(status, headers, exc_info=None):
        answer.extend([status, dict(headers)])
        return answer.append

    body = b"".join(application(RequestFactory().get("/").environ | environ, start_response))
    return *answer, body.decode()


@pytest.mark.parametrize(
    "content_type", ["text/plain; charset=hex", "text/plain; x*=nonsense''y", "text/plain; charset=utf-16"]
)
def test_a_content_type_that_breaks_djangos_own_request_is_refused_by_the_server(content_type):
    status, headers, body = ask_server(CONTENT_TYPE=content_type)
    assert status == "400 Bad Request"
    assert "Content-Security-Policy" in headers
    assert "UTF-8" in body


def test_too_many_parameters_beside_a_charset_are_refused_by_the_server():
    status, _, _ = ask_server(QUERY_STRING="q=1&" * 6000, CONTENT_TYPE="text/plain; charset=utf-8")
    assert status == "400 Bad Request"


def test_a_session_cookie_with_nul_is_refused():
    client = Client(headers={"cookie": '__Host-session="' + r"\000" * 32 + '"'})
    assert client.get("/admin/").status_code == 400


FORM = {"username": "new\0comer", "password1": "correct horse battery", "password2": "correct horse battery"}


def test_a_form_with_nul_is_refused_and_nothing_is_saved(root, django_user_model):
    response = root.post("/admin/auth/user/add/", FORM)
    assert response.status_code == 400
    assert "NUL" in response.content.decode()
    assert django_user_model.objects.count() == 1


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "_selected_action", "action", "x\0"])
def test_nul_in_any_field_of_a_form_is_refused(root, name):
    assert root.post("/admin/auth/user/", {"action": "delete_selected", name: "\0"}).status_code == 400


def test_signing_in_with_nul_is_refused(client):
    assert client.post("/admin/login/", {"username": "a\0", "password": "b"}).status_code == 400


def test_half_a_character_smuggled_in_by_a_parts_encoding_is_refused(client):
    body = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n\\ud800\r\n--x--\r\n'
    content_type = "multipart/form-data; boundary=x; charset=raw_unicode_escape"
    assert client.post("/admin/login/", body, content_type=content_type).status_code == 400


def test_a_form_of_two_hundred_inlines_is_read_and_one_of_seven_thousand_fields_is_refused(root):
    few = {f"field{number}": "x" for number in range(6000)}
    many = {f"field{number}": "x" for number in range(7000)}
    assert root.post("/admin/auth/group/add/", few).status_code == 200
    assert root.post("/admin/auth/group/add/", many).status_code == 400


def test_a_broken_multipart_form_is_refused(client):
    assert client.post("/admin/login/", b"x", content_type="multipart/form-data").status_code == 400


def test_a_form_that_breaks_off_is_refused(client, monkeypatch):
    def breaks_off(request):
        raise UnreadablePostError

    monkeypatch.setattr(guards, "texts_of", breaks_off)
    response = client.get("/")
    assert response.status_code == 400
    assert "did not arrive whole" in response.content.decode()
