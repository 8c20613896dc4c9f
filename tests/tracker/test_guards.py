import pytest
from django.http import UnreadablePostError
from django.test import Client, RequestFactory

from tracker import guards
from tracker.wsgi import application

pytestmark = pytest.mark.django_db

HUGE = "9" * 23
# Lists that take filters from the address. Each page of ours that does is added here.
CHANGELISTS = ["/admin/auth/user/", "/admin/auth/group/", "/admin/axes/accessattempt/"]
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


@pytest.mark.parametrize("query", FILTERS, ids=lambda query: query[:40])
@pytest.mark.parametrize("path", CHANGELISTS)
def test_no_filter_of_the_desk_is_an_error_of_ours(root, path, query):
    response = root.get(f"{path}?{query}", follow=True)
    assert response.status_code in {200, 400}


@pytest.mark.parametrize("key", [HUGE, "0", "-1", "x", "9" * 5000, "_00", "1e9", "%F0%9F%95%8A"])
@pytest.mark.parametrize("view", ["change", "delete", "history"])
def test_no_key_in_an_address_is_an_error_of_ours(root, key, view):
    assert root.get(f"/admin/auth/user/{key}/{view}/").status_code in {302, 404}


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


@pytest.mark.parametrize(
    "content_type", ["text/plain; charset=hex", "text/plain; x*=nonsense''y", "text/plain; charset=utf-16"]
)
def test_a_content_type_that_breaks_djangos_own_request_is_refused_by_the_server(content_type):
    environ = RequestFactory().get("/").environ | {"CONTENT_TYPE": content_type}
    answer = []
    body = application(environ, lambda status, headers: answer.append((status, dict(headers))))
    assert "UTF-8" in b"".join(body).decode()
    assert answer[0][0] == "400 Bad Request"
    assert "Content-Security-Policy" in answer[0][1]


def test_too_many_parameters_beside_a_charset_are_refused_by_the_server():
    query = {"QUERY_STRING": "q=1&" * 6000, "CONTENT_TYPE": "text/plain; charset=utf-8"}
    answer = []
    application(RequestFactory().get("/").environ | query, lambda status, headers: answer.append(status))
    assert answer == ["400 Bad Request"]


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


def test_a_form_of_two_hundred_inlines_is_read_and_one_of_six_thousand_fields_is_refused(root):
    few = {f"field{number}": "x" for number in range(4000)}
    many = {f"field{number}": "x" for number in range(6000)}
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
