"""Health checks: `/healthz` (is the process alive) and `/readyz` (can it serve)."""

import logging
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {"database": "ok", "migrations": "ok", "static files": "ok"}
    checks.update(database_trouble() | static_trouble())
    is_ready = set(checks.values()) == {"ok"}
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)


def database_trouble() -> dict[str, str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = len(last_migrations() - MigrationRecorder(connection).applied_migrations().keys())
    except Exception:
        # Always answer. Details go to the log only, because they name hosts and users.
        logger.exception("Not ready: the database does not answer")
        return {"database": "unreachable: see the log", "migrations": "unknown"}
    return {"migrations": f"not applied in {missing} apps: run manage.py migrate"} if missing else {}


def static_trouble() -> dict[str, str]:
    """What is wrong with the static files; empty if nothing. Without the manifest every page would answer 500."""
    storage: Any = storages["staticfiles"]
    needs_manifest = isinstance(storage, ManifestFilesMixin)
    if needs_manifest and not storage.manifest_storage.exists(storage.manifest_name):
        return {"static files": "missing: run manage.py collectstatic"}
    return {}


@cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """The migrations on disk. Read once for each process, because a probe comes every few seconds."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
