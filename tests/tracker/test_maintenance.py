"""While the operator works on the machine, everybody is told so, and the supervisor is still answered."""

import pytest


@pytest.fixture
def closed(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.write_text("Back at 14:00 UTC <b>\n")
    return settings.MAINTENANCE_FILE


@pytest.mark.parametrize("path", ["/", "/ar/claims/", "/admin/", "/nowhere/"])
def test_every_page_says_so_without_asking_the_database(client, closed, path):
    response = client.get(path)  # a query would fail: this test may not use the database
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "300"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Back at 14:00 UTC &lt;b&gt;" in response.content.decode()


def test_a_post_is_refused_too_and_nothing_is_done(client, closed):
    assert client.post("/admin/login/", {"username": "x"}).status_code == 503


def test_a_file_without_words_is_enough(client, closed):
    closed.write_text("")
    assert client.get("/en/").status_code == 503


def test_also_one_that_cannot_be_read_closes_the_site(client, closed):
    closed.unlink()
    closed.mkdir()
    assert client.get("/en/").status_code == 503


@pytest.mark.django_db
def test_probes_answer_and_the_site_is_back_once_the_file_is_gone(client, closed):
    assert client.get("/healthz").status_code == 200
    closed.unlink()
    assert client.get("/").status_code == 200
