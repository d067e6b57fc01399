"""What the issuer publishes for everybody, without sign-in: keys, profile, status list, achievements, pictures."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from training.actions import credentials
from training.badges import keys, picture
from training.models import Certification

HOUR = 3_600


def public(response: HttpResponse) -> HttpResponse:
    """Anybody's verifier may read it from any page."""
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def key_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One key as one JWK: verifiers read `kty` at the top."""
    jwk = credentials.published(now=timezone.now()).jwks.get(keys.key_url(settings.SITE_URL, name))
    if jwk is None:
        raise Http404
    return public(JsonResponse(dict(jwk), content_type="application/jwk+json"))


@login_not_required
@require_safe
def issuer_detail(request: HttpRequest) -> HttpResponse:
    """The profile with all keys and the present list: saved as a file it verifies badges offline for an hour."""
    published = credentials.published(now=timezone.now())
    return public(HttpResponse(published.dump(), content_type="application/json"))


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def did_document(request: HttpRequest) -> HttpResponse:
    document = credentials.published(now=timezone.now()).did_document()
    return public(JsonResponse(document, content_type="application/did+json"))


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def status_list_detail(request: HttpRequest) -> HttpResponse:
    """As a VC-JWT, or with an embedded proof for those who ask for JSON."""
    wanted = request.headers.get("Accept", "")
    as_json = "json" in wanted and "jwt" not in wanted
    text = credentials.signed_list(now=timezone.now(), as_jwt=not as_json)
    kind = "application/vc+ld+json" if as_json else "application/vc+jwt"
    response = public(HttpResponse(text, content_type=kind))
    response["Vary"] = "Accept"
    return response


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def achievement_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    row = get_object_or_404(Certification, slug=slug, number__gte=number)
    base = settings.SITE_URL
    found = {
        "id": base + request.path,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "version": str(number),
        "name": row.title,
        "description": row.summary,
        "criteria": {"narrative": row.criteria},
        "image": {"id": f"{base}/badges/pictures/{slug}.svg", "type": "Image", "caption": row.title},
    }
    return public(JsonResponse(found))


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def picture_detail(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Certification, slug=slug)
    svg = picture.svg(row.title, row.level, settings.BADGE_ISSUER)
    return public(HttpResponse(svg, content_type="image/svg+xml"))
