"""Is this process alive, and may it be sent visitors? For a load balancer and for `manage.py up`; open to everyone."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import structlog
from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.models import Job, Slot
from portal.models.job import JobState

BEAT_SILENCE = timedelta(minutes=5)
JOB_WAIT = timedelta(minutes=10)
PATIENCE = 3  # seconds to reach the broker
log = structlog.get_logger(__name__)


class NotReady(Exception):
    """A check failed; the text says how."""


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(f"{len(waiting)} to apply")
    return "all applied"


def shared_cache() -> str:
    key, value = f"readyz-{uuid4()}", uuid4().hex
    cache.set(key, value, timeout=10)
    if cache.get(key) != value:
        raise NotReady("does not return what was stored")
    cache.delete(key)
    return "stores and returns"


def broker() -> str:
    with current_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
    return "connected"


def beat() -> str:
    newest = Slot.objects.aggregate(newest=Max("claimed_at"))["newest"]
    if newest is None:
        raise NotReady("no periodic task has run yet")
    if timezone.now() - newest > BEAT_SILENCE:
        raise NotReady(f"last periodic task at {newest.isoformat(timespec='seconds')}")
    return newest.isoformat(timespec="seconds")


def oldest_job() -> str:
    oldest = Job.objects.filter(state=JobState.OPEN).aggregate(oldest=Min("run_after"))["oldest"]
    if oldest is None:
        return "none waits"
    if timezone.now() - oldest > JOB_WAIT:
        raise NotReady(f"waiting since {oldest.isoformat(timespec='seconds')}")
    return oldest.isoformat(timespec="seconds")


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "cache": shared_cache,
    "broker": broker,
    "beat": beat,
    "oldest_job": oldest_job,
}


def outcome(name: str, check: Callable[[], str]) -> dict[str, object]:
    try:
        return {"ok": True, "detail": check()}
    except NotReady as reason:
        return {"ok": False, "detail": str(reason)}
    except Exception as error:
        # The answer is public: the kind of the error only. The log has the rest.
        log.warning("not ready", check=name, error=str(error))
        return {"ok": False, "detail": type(error).__name__}


@login_not_required
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {name: outcome(name, check) for name, check in CHECKS.items()}
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)
