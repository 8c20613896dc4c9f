"""Health checks: `/healthz` (is the process alive) and `/readyz` (can it serve)."""

import logging
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.domain.vocabulary import Status
from claims.models import ClaimGap
from claims.selectors.storage_state import LITTLE_BELOW, free_bytes, is_database_read_only, is_disk_full

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
    answer = {"ready": is_ready, "checks": checks, "warnings": health_warnings(checks)}
    return JsonResponse(answer, status=200 if is_ready else 503)


def health_warnings(checks: dict[str, str]) -> dict[str, str]:
    """What does not keep readers from reading, so that the site stays ready, but has to be mended soon."""
    warnings = disk_warning()
    if checks["database"] == checks["migrations"] == "ok":
        warnings |= saving_warning() | gap_warning()
    return warnings


def disk_warning() -> dict[str, str]:
    tight = {place: free for place, free in free_bytes().items() if free < LITTLE_BELOW}
    if not tight:
        return {}
    said = [f"{free // 2**20} MB left at {place}" for place, free in sorted(tight.items())]
    return {"disk": f"{'full' if is_disk_full() else 'nearly full'}: {', '.join(said)}"}


def saving_warning() -> dict[str, str]:
    if is_database_read_only():
        return {"saving": "the database can only be read: nothing can be saved"}
    return {}


def gap_warning() -> dict[str, str]:
    """Whether the nightly `rescore` has not run. It runs after midnight, so yesterday's gaps are in time."""
    oldest = ClaimGap.objects.filter(claim__status=Status.PUBLISHED).aggregate(day=Min("as_of"))["day"]
    if oldest is None or oldest >= timezone.localdate() - timedelta(days=1):
        return {}
    return {"gaps": f"as of {oldest}: run manage.py rescore, daily"}


def database_trouble() -> dict[str, str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = len(missing_migrations())
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


def missing_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app whose migrations are not all applied."""
    return last_migrations() - MigrationRecorder(connection).applied_migrations().keys()


@cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """The last migrations on disk. Read once for each process, because a probe comes every few seconds."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def all_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
