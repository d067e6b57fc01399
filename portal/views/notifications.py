"""What the reader was told: new first, by day, with the reason and the way to the setting."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal import notifications, paging
from portal.actions.notifications import mark_all_read, mark_read
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.models import Notification
from portal.notifications import Wording


@dataclass(frozen=True)
class Line:
    notification: Notification
    says: Wording
    can_mute: bool


@dataclass
class Day:
    """One heading of the list: new lines and read ones of the same day stand apart, because new ones come first."""

    day: date
    is_new: bool
    lines: list[Line]


def notification_list(request: Request) -> HttpResponse:
    kinds = Notification.objects.of(request.user).kinds()
    chosen = request.GET.get("kind", "")
    found = Notification.objects.of(request.user).new_first()
    if chosen in kinds:
        found = found.filter(kind=chosen)
    page = paging.page(
        found, "-is_new", size=50, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "section": "notifications",
        "page": page,
        "days": by_day(page.rows),
        "kinds": kind_links(kinds, chosen),
        "kind": chosen if chosen in kinds else "",
        "any_new": any(row.read_at is None for row in page.rows),
    }
    return render_page(request, "portal/notification_list.html", context)


def by_day(rows: list[Notification]) -> list[Day]:
    days: list[Day] = []
    for row in rows:
        kind = notifications.KINDS.get(row.kind)
        if kind is None:
            continue
        day, is_new = timezone.localtime(row.created_at).date(), row.read_at is None
        if not days or (days[-1].day, days[-1].is_new) != (day, is_new):
            days.append(Day(day, is_new, []))
        days[-1].lines.append(Line(row, notifications.wording(row), kind.can_mute))
    return days


def kind_links(kinds: list[str], chosen: str) -> list[dict[str, Any]]:
    known = [(kind, str(notifications.KINDS[kind].label)) for kind in kinds if kind in notifications.KINDS]
    links = [{"label": _("All"), "url": "?", "current": chosen not in kinds}]
    return links + [
        {"label": label, "url": f"?kind={kind}", "current": kind == chosen}
        for kind, label in sorted(known, key=lambda found: found[1])
    ]


@require_POST
def notification_reading_create(request: Request, pk: int) -> HttpResponse:
    """Mark one as read; with `open` go on to its page."""
    notification = get_object_or_404(Notification.objects.of(request.user), pk=pk)
    mark_read(notification, by=request.user, now=timezone.now())
    if request.POST.get("open") and is_ours(request, notification.url):
        return redirect(request, notification.url)
    return redirect(request, back(request))


@require_POST
def notification_readings_create(request: Request) -> HttpResponse:
    count = mark_all_read(by=request.user, now=timezone.now())
    said = ngettext("%(count)d notification marked as read.", "%(count)d notifications marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect(request, back(request))


def back(request: Request) -> str:
    """The list, narrowed as it was."""
    kind = request.POST.get("kind", "")
    return reverse("notification_list") + (f"?{urlencode({'kind': kind})}" if kind in notifications.KINDS else "")


def is_ours(request: Request, url: str) -> bool:
    return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
