import pytest
from django.test import Client
from django.test.utils import override_settings

READERS_POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}

# A page, an error of each kind, a static file, a probe, a refused host: everything that the door can answer.
ANSWERS = [
    ("/", 200, {}),
    ("/nowhere/", 404, {}),
    ("/?q=%00", 400, {}),
    ("/healthz", 200, {}),
    ("/static/admin/css/base.css", 200, {}),
    ("/", 400, {"host": "evil.example"}),
]


def policy(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize(("path", "status", "headers"), ANSWERS)
@pytest.mark.django_db
def test_every_answer_carries_the_headers(client, path, status, headers):
    response = client.get(path, headers=headers, secure=True)
    response.close()
    assert response.status_code == status
    assert policy(response) == READERS_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response.headers


def test_even_a_refused_host_over_plain_http_carries_the_policy(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert policy(response) == READERS_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_the_desk_has_the_readers_policy(client):
    assert policy(client.get("/admin/login/")) == READERS_POLICY


@pytest.mark.django_db
def test_https_is_remembered_for_two_years_with_every_subdomain(client):
    response = client.get("/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


@override_settings(SECURE_SSL_REDIRECT=True)
def test_plain_http_is_sent_to_https_before_anything_is_asked(client):
    response = client.get("/?q=x")
    assert (response.status_code, response.headers["Location"]) == (301, "https://testserver/?q=x")


@pytest.mark.parametrize("path", ["/", "/nowhere/"])
@pytest.mark.django_db
def test_readers_get_no_cookie_and_pages_vary_by_language_and_compression_only(client, path):
    response = client.get(path)
    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Language, Accept-Encoding"


@pytest.mark.django_db
def test_the_language_is_the_browsers_and_no_cookie_chooses_it(client):
    client.cookies["django_language"] = "ar"
    assert client.get("/").headers["Content-Language"] == "en"
    assert client.get("/", headers={"accept-language": "ar"}).headers["Content-Language"] == "ar"


@pytest.mark.django_db
def test_the_desks_cookies_are_closed_to_scripts_and_other_sites(django_user_model):
    django_user_model.objects.create_superuser("root", password="correct horse battery")
    client = Client()
    client.post("/admin/login/", {"username": "root", "password": "correct horse battery"}, secure=True)
    session, csrf = client.cookies["__Host-session"], client.cookies["__Host-csrf"]
    for cookie in (session, csrf):
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert (session["samesite"], csrf["samesite"]) == ("Lax", "Strict")
    assert session["max-age"] == 12 * 60 * 60


@pytest.mark.django_db
def test_what_the_desk_shows_is_never_cached(root):
    assert "no-store" in root.get("/admin/").headers["Cache-Control"]


def test_a_form_from_elsewhere_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "reload the page" in response.content.decode()


@pytest.mark.django_db
def test_the_icon_that_browsers_ask_for_is_there(client):
    response = client.get("/favicon.ico", follow=True)
    response.close()
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
