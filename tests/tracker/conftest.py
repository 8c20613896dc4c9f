"""Runs commands as an operator does: in a separate process with its own environment."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

BASE_DIR = Path(__file__).resolve().parent.parent.parent
GOOD_KEY = "K7mQp2vXs9dRf4hTj6wLz8nBc3gYa5eUoI1xVtWqErZkMyNb-_HdGsJf"
# Empty, not missing: a developer's own .env must not speak into these tests.
NOTHING = dict.fromkeys(
    [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "DEMO",
        "DEBUG",
        "TRUSTED_PROXIES",
        "TIME_ZONE",
        "HSTS_SECONDS",
        "REQUIRE_TOTP",
        "SITE_NAME",
        "SITE_CONTACT",
        "SITE_LICENCE",
        "SITE_SUBJECT",
        "SITE_LANGUAGES",
    ],
    "",
)

type_of_run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> type_of_run:
    return runner_in(tmp_path)


def runner_in(folder: Path) -> type_of_run:
    """Runs Python programs with the folder as DATA_DIR."""

    def python(
        *args: str, before: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [*before, sys.executable, *args],
            cwd=BASE_DIR,
            env={**kept, **NOTHING, "DATA_DIR": str(folder), "PYTHONUTF8": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return python


@pytest.fixture
def deployed(run: type_of_run) -> type_of_run:
    return deployment_of(run)


def deployment_of(run: type_of_run) -> type_of_run:
    def manage(
        *args: str, before: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        configured = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "tracker.example.org", **environment}
        return run("manage.py", *args, before=before, **configured)

    return manage


@pytest.fixture
def root(client: Client, django_user_model: type[User]) -> Client:
    client.force_login(django_user_model.objects.create_superuser("root", password="correct horse battery"))
    return client
