"""The page of one template, its tabs as links."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from approvals import rules
from approvals.risk import RiskFacts, factors_of
from catalog.actions.marketplace import repositories
from catalog.forms.marketplace.ratings import RatingForm
from catalog.models import AppTemplate, Clone, Connector, MicroApp, Rating, TemplateVersion
from catalog.models.micro_app import DataClass
from catalog.permissions_marketplace import denial_to_clone, denial_to_keep_template, denial_to_rate
from catalog.views.marketplace.template_access import seen_version
from portal.http import Request
from portal.markdown import render as markdown
from portal.recent import remember

APPS_SHOWN, RATINGS_SHOWN = 50, 50
TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}


@require_safe
def template_by_id(request: Request, pk: int) -> HttpResponse:
    """The address that the audit log keeps."""
    return redirect(get_object_or_404(AppTemplate.objects.visible_to(request.user), pk=pk))


def found(request: Request, slug: str) -> AppTemplate:
    seen = AppTemplate.objects.visible_to(request.user).with_figures()
    people = ("latest", "owner", "author", "team", "successor", "origin")
    return get_object_or_404(seen.select_related(*people), slug=slug)


@require_safe
def template_detail(request: Request, slug: str) -> HttpResponse:
    template = found(request, slug)
    version = version_of(request, template)
    if version is None:  # nothing was ever published: only who keeps it is here
        return redirect("catalog:template_desk_detail", template.slug)
    return detail_page(request, template, version)


def version_of(request: Request, template: AppTemplate) -> TemplateVersion | None:
    """The version that the address names, when it was ever published; else the newest."""
    if number := request.GET.get("version", ""):
        return template.versions.ever_published().filter(number=number).first() or template.latest
    return template.latest or template.versions.ever_published().order_by("-rank").first()


def detail_page(
    request: Request,
    template: AppTemplate,
    version: TemplateVersion,
    form: RatingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    remember(request, template.name, template.get_absolute_url(), "layout-template")
    tab = request.GET.get("tab", "") if form is None else "ratings"
    tab = tab if tab in TABS else "overview"
    now = timezone.now()
    touched = version.metadata["touches"]
    context = {
        "section": "templates",
        "template": template,
        "version": version,
        "is_newest": template.latest_id == version.pk,
        "tab": tab,
        "tabs": tabs(template, tab),
        "denial": denial_to_clone(request.user, template, now=now),
        "may_keep": denial_to_keep_template(request.user, template) is None,
        "factors": [
            factor for factor in factors_of(risk_facts(touched), rules.standing("risk").values) if factor.points
        ],
        "collections": template.collections.all(),
        **TABS[tab][1](request, template, version),
    }
    if form is not None:
        context["form"] = form
    return render(request, "catalog/marketplace/template_detail.html", context, status=status)


def risk_facts(touched: dict[str, Any]) -> RiskFacts:
    return RiskFacts(
        data_classification=touched["data_classification"], hosts=tuple(sorted(touched["hosts"])), certification=""
    )


def overview(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    touched = version.metadata["touches"]
    renders = version.report.get("renders", [])
    first = renders[0] if renders else {}
    return {
        "description": markdown(version.metadata["description"]),
        "gives": version.metadata["gives"],
        "pictures": list(enumerate(version.metadata["pictures"])),
        "connectors": Connector.objects.filter(slug__in=touched["connectors"]).order_by("name"),
        "hosts": touched["hosts"],
        "data": DataClass(touched["data_classification"]).label,
        "policies": first.get("policies", []),
        "files": first.get("files", []),
        "tests": first.get("tests", {}),
        "rendered": len(renders),
    }


def versions(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    return {"versions": template.versions.ever_published().order_by("-rank")}


def apps(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    """Those the reader may see; the others are a number."""
    clones = Clone.objects.live().filter(template=template)
    seen = MicroApp.objects.visible_to(request.user)
    shown = clones.filter(app__in=seen).select_related("app__owner", "version").order_by("app__name", "pk")
    rows = list(shown[:APPS_SHOWN])
    return {"clones": rows, "hidden": max(template.live_clones - len(rows), 0)}  # type: ignore[attr-defined]


def ratings(request: Request, template: AppTemplate, version: TemplateVersion) -> dict[str, Any]:
    given = Rating.objects.filter(template=template)
    own = given.filter(by=request.user).first()
    counts = dict(given.order_by().values_list("stars").annotate(n=Count("pk")))
    return {
        "ratings": given.select_related("by", "version").order_by("-at")[:RATINGS_SHOWN],
        "spread": [(stars, counts.get(stars, 0)) for stars in range(5, 0, -1)],
        "own": own,
        "rate_denial": denial_to_rate(request.user, template),
        "form": RatingForm(initial={"stars": own.stars, "reason": own.reason} if own else None),
    }


Part = Callable[[Request, AppTemplate, TemplateVersion], dict[str, Any]]
TABS: dict[str, tuple[Callable[[], str], Part]] = {
    "overview": (lambda: _("Overview"), overview),
    "versions": (lambda: _("Versions"), versions),
    "apps": (lambda: _("Apps built from it"), apps),
    "ratings": (lambda: _("Ratings"), ratings),
}


def tabs(template: AppTemplate, current: str) -> list[dict[str, Any]]:
    url = template.get_absolute_url()
    return [
        {"label": label(), "url": url if key == "overview" else f"{url}?tab={key}", "current": key == current}
        for key, (label, _part) in TABS.items()
    ]


@require_safe
def template_picture_detail(request: Request, slug: str, number: str, index: int) -> HttpResponse:
    """A picture out of the repository. Shut in: nothing that an SVG holds may run or fetch."""
    version = seen_version(request, slug, number)
    template = version.template
    pictures = version.metadata.get("pictures", [])
    if index >= len(pictures) or template.repository is None:
        raise Http404
    name = pictures[index]["file"]
    file = repositories.files(template.repository, version.commit).get(name)
    if file is None:
        raise Http404
    response = HttpResponse(file.content, content_type=TYPES[name.rpartition(".")[2].lower()])
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
