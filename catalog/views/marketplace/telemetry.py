"""Where apps report their use. Open to every browser, says nothing, and keeps no address."""

import json
import re

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from catalog.actions.marketplace import telemetry

LONGEST, MOST_A_MINUTE = 500, 120
VISITOR, SLUG = re.compile(r"[0-9a-f]{64}"), re.compile(r"[-a-z0-9_]{1,90}")


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "OPTIONS"])
def telemetry_create(request: HttpRequest) -> HttpResponse:
    """The same empty answer to everything, so that nobody learns which apps there are."""
    if request.method == "POST" and not is_flood(request):
        slug, visitor = read(request)
        if slug:
            telemetry.count(slug, visitor, now=timezone.now())
    answer = HttpResponse(status=204)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = "POST"
    answer["Access-Control-Allow-Headers"] = "Content-Type"
    answer["Cache-Control"] = "no-store"
    return answer


def read(request: HttpRequest) -> tuple[str, str]:
    """App and visitor; empty when it is no report."""
    body = request.read(LONGEST + 1)
    try:
        said = json.loads(body) if len(body) <= LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return "", ""
    slug, visitor = said.get("app"), said.get("visitor")
    fits = isinstance(slug, str) and isinstance(visitor, str) and SLUG.fullmatch(slug) and VISITOR.fullmatch(visitor)
    return (str(slug), str(visitor)) if fits else ("", "")


def is_flood(request: HttpRequest) -> bool:
    key = f"telemetry:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, 60)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # it ran out between the two
        return False
