"""Published JSON Schemas: open to everyone, for editors and pipelines of any origin."""

import json

from django.http import HttpRequest, HttpResponse


def published(request: HttpRequest, text: str) -> HttpResponse:
    """The schema under the address it was asked at, which becomes its `$id`."""
    schema = {**json.loads(text), "$id": request.build_absolute_uri(request.path) + "?v=1"}
    headers = {"Access-Control-Allow-Origin": "*"}
    return HttpResponse(json.dumps(schema, indent=2), content_type="application/schema+json", headers=headers)
