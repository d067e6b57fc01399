"""Violations: what live things do not meet, until it is put right."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from approvals.models import Violation
from portal.http import Request
from portal.paging import page
from portal.timeline import events_of

PAGE_SIZE = 50


@require_safe
def violation_list(request: Request) -> HttpResponse:
    """Open ones, due first; and those that are over, the latest first."""
    seen, now = Violation.objects.visible_to(request.user), timezone.now()
    tabs = {"open": (_("Open"), seen.standing(), "due_at"), "closed": (_("Put right"), seen.over(), "-opened_at")}
    chosen = request.GET.get("tab", "open") if request.GET.get("tab") in tabs else "open"
    cursors = {key: request.GET.get(key, "") for key in ("after", "before")}
    found = page(tabs[chosen][1].for_table(), tabs[chosen][2], size=PAGE_SIZE, **cursors)
    context = {
        "section": "violations",
        "tab": chosen,
        "tabs": [
            {"label": label, "url": f"?tab={key}", "current": key == chosen, "count": some.count()}
            for key, (label, some, _sort) in tabs.items()
        ],
        "found": found,
        "rows": [(row, row.is_late(now)) for row in found.rows],
    }
    return render(request, "approvals/violation_list.html", context)


@require_safe
def violation_detail(request: Request, pk: int) -> HttpResponse:
    seen = Violation.objects.visible_to(request.user).for_table().select_related("last_check__version")
    row = get_object_or_404(seen, pk=pk)
    context = {
        "section": "violations",
        "row": row,
        "is_late": row.is_late(timezone.now()),
        "events": events_of(row),
    }
    return render(request, "approvals/violation_detail.html", context)
