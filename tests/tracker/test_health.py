import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tracker import health


def test_alive_asks_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_migrated(client, django_assert_num_queries):
    health.last_migrations()
    with django_assert_num_queries(4):  # the age of the gaps is one
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["ready"] is True


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client):
    MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "not applied in 1 apps: run manage.py migrate"
    assert response.json()["checks"]["database"] == "ok"


def test_not_ready_without_a_database_and_no_secret_in_the_answer(client, monkeypatch):
    def refuse():
        raise OSError('connection to "db.internal" failed for user "tracker" password "hunter2"')

    monkeypatch.setattr(health.connection, "cursor", refuse, raising=False)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "checks": {"database": "unreachable: see the log", "migrations": "unknown", "static files": "ok"},
        "warnings": {},
    }


ASK_BEFORE_AND_AFTER = """
from django.core.management import call_command
from django.test import Client
def ask():
    response = Client().get("/readyz", headers={"host": "tracker.example.org"})
    print(response.status_code, response.json()["checks"]["static files"])
ask()
call_command("collectstatic", interactive=False, verbosity=0)
ask()
"""


def test_a_deployment_that_forgot_its_static_files_is_not_ready(deployed):
    result = deployed("shell", "-v0", "--command", ASK_BEFORE_AND_AFTER)
    # Still 503 at the end: this database was never migrated.
    assert result.stdout == "503 missing: run manage.py collectstatic\n503 ok\n", result.stderr


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_probes_are_not_sent_to_https_and_not_cached_but_must_name_the_host(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400
    assert client.get(path + "/more").status_code == 301
    assert client.post(path).status_code == 405
