"""Leaving with everything: the list that is shown as CSV, JSON or catalog-info.yaml, and one app as a file."""

from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from catalog import exports, manifest
from catalog.models import MicroApp
from catalog.models.micro_app_set import MicroAppQuerySet
from catalog.views.micro_app_lists import filters_of
from portal.http import Request

BATCH = 500


@require_safe
def catalog_export_csv(request: Request) -> StreamingHttpResponse:
    return file("apps.csv", "text/csv; charset=utf-8", exports.csv_lines(batches(shown(request))))


@require_safe
def catalog_export_json(request: Request) -> StreamingHttpResponse:
    return file("apps.json", "application/json", exports.json_lines(batches(shown(request))))


@require_safe
def catalog_export_yaml(request: Request) -> StreamingHttpResponse:
    return file("catalog-info.yaml", "application/yaml; charset=utf-8", exports.yaml_lines(batches(shown(request))))


@require_safe
def micro_app_manifest(request: Request, slug: str) -> StreamingHttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    return file("microapp.yaml", "application/yaml; charset=utf-8", [manifest.write(app)])


@require_safe
def micro_app_catalog_info(request: Request, slug: str) -> StreamingHttpResponse:
    apps = MicroApp.objects.visible_to(request.user).filter(
        pk=get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug).pk
    )
    return file("catalog-info.yaml", "application/yaml; charset=utf-8", exports.yaml_lines(batches(apps)))


def shown(request: Request) -> MicroAppQuerySet:
    """The apps of the list with these filters, in its order."""
    mine = request.GET.get("mine") == "1"
    apps = MicroApp.objects.owned_by(request.user) if mine else MicroApp.objects.visible_to(request.user)
    filters = filters_of(request, apps)
    sign = "-" if filters.column.startswith("-") else ""
    return filters.rows().order_by(filters.column, f"{sign}pk")


def batches(apps: MicroAppQuerySet) -> Iterator[MicroApp]:
    """The apps with everything an export tells, a few hundred at a time."""
    whole = apps.select_related("owner", "second_owner", "business_unit", "cost_centre").prefetch_related(
        "connector_uses__connector", "hosts", "needs__needed"
    )
    return whole.defer(None).defer("search").iterator(chunk_size=BATCH)


def file(name: str, content_type: str, lines: Iterable[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
