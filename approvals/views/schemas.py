"""The published schema of a policy's input, open to everyone: editors and pipelines read it."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from approvals.engine.inputs import schema_text


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def policy_input_schema(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri(request.path) + "?v=1"
    headers = {"Access-Control-Allow-Origin": "*"}
    content = json.dumps({**json.loads(schema_text()), "$id": address}, indent=2)
    return HttpResponse(content, content_type="application/schema+json", headers=headers)
