"""What a version would mean for everything that is live, thing by thing."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from approvals.models import Impact
from approvals.models.impact import Change
from approvals.permissions_policies import denial_to_read_drafts
from portal import downloads
from portal.http import Request
from portal.paging import page, place
from portal.permissions import allow

PAGE_SIZE = 100
HEAD = ("kind", "number", "title", "change", "reasons")


def impact_of(request: Request, pk: int) -> Impact:
    allow(denial_to_read_drafts(request.user))
    return get_object_or_404(Impact.objects.select_related("version__policy", "by"), pk=pk)


@require_safe
def impact_detail(request: Request, pk: int) -> HttpResponse:
    impact = impact_of(request, pk)
    chosen = request.GET["change"] if request.GET.get("change") in Change.values else Change.NEWLY_FAILS.value
    context = {
        "section": "policies",
        "impact": impact,
        "tab": chosen,
        "tabs": [
            {
                "label": change.label,
                "url": f"?change={change}",
                "current": change == chosen,
                "count": getattr(impact, change.value),
            }
            for change in Change
        ],
        "found": page(impact.items.filter(change=chosen), "title", size=PAGE_SIZE, **place(request.GET)),
    }
    return render(request, "approvals/impact_detail.html", context)


@require_safe
def impact_export(request: Request, pk: int) -> StreamingHttpResponse:
    impact = impact_of(request, pk)
    rows = (
        [row.subject_kind, row.subject_id, row.title, row.change, "; ".join(row.reasons)]
        for row in downloads.newest_first(impact.items.all())
    )
    return downloads.attachment(downloads.csv_lines(HEAD, rows), f"impact-{impact.pk}.csv", "text/csv")
