"""The audit log for those who may read it: narrowed, paged, exported, and one event with its seal."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal import audit, downloads, paging, permissions, sealing, timeline
from portal.forms.audit_events import AuditEventFilter
from portal.htmx import render_page
from portal.http import Request
from portal.models import AuditBlock, AuditEvent

HEAD = (
    "event", "at", "who", "verb", "what", "kind", "number", "about", "reason", "changes", "facts", "request", "sweep_run",
)  # fmt: skip


def audit_event_list(request: Request) -> HttpResponse:
    permissions.allow(permissions.denial_to_read_audit(request.user))
    form = AuditEventFilter(request.GET)
    wanted = form.wanted()
    place = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = paging.page(AuditEvent.objects.narrowed(wanted), "-id", size=50, **place)
    context = {
        "section": "audit",
        "form": form,
        "page": page,
        "events": timeline.entries(page.rows),
        "chips": chips(request, form, wanted),
        "exports": {kind: export_url(request, kind) for kind in ("csv", "jsonl")},
    }
    return render_page(request, "portal/audit_event_list.html", context, "portal/_audit_event_table.html")


def audit_event_detail(request: Request, pk: int) -> HttpResponse:
    permissions.allow(permissions.denial_to_read_audit(request.user))
    event = get_object_or_404(AuditEvent.objects.select_related("actor"), pk=pk)
    context = {
        "section": "audit",
        "event": event,
        "entry": timeline.entry(event),
        "facts": timeline.facts_in_words(event.facts),
        "seal": AuditBlock.objects.sealing(pk),
    }
    return render(request, "portal/audit_event_detail.html", context)


def audit_event_export(request: Request) -> HttpResponseBase:
    """Exactly what the list shows with the same address, all pages of it."""
    permissions.allow(permissions.denial_to_read_audit(request.user))
    events = downloads.newest_first(AuditEvent.objects.narrowed(AuditEventFilter(request.GET).wanted()))
    if request.GET.get("format") == "jsonl":
        return downloads.attachment(downloads.json_lines(records(events)), "audit.jsonl", "application/x-ndjson")
    return downloads.attachment(downloads.csv_lines(HEAD, rows(events)), "audit.csv", "text/csv")


def records(events: Iterable[AuditEvent]) -> Iterator[dict[str, Any]]:
    """Events as they were sealed, field for field."""
    for event in events:
        yield sealing.plain_row({name: getattr(event, name) for name in sealing.FIELDS})


def rows(events: Iterable[AuditEvent]) -> Iterator[list[Any]]:
    for row in records(events):
        verb = audit.VERBS.get(row["verb"])
        yield [
            row["id"], row["at"], row["actor_name"], row["verb"], str(verb.label) if verb else "", row["subject_kind"],
            row["subject_id"], row["subject_name"], row["reason"], downloads.compact(row["changes"]),
            downloads.compact(row["facts"]), row["request_id"], row["run_id"],
        ]  # fmt: skip


def chips(request: Request, form: AuditEventFilter, wanted: dict[str, Any]) -> list[dict[str, str]]:
    """The filters in force, each with the address that drops it."""
    found = []
    for name, value in wanted.items():
        query = request.GET.copy()
        for part in (name, "after", "before"):
            query.pop(part, None)
        label = _("%(field)s: %(value)s") % {"field": form.fields[name].label, "value": shown(form, name, value)}
        found.append({"label": label, "url": f"?{query.urlencode()}"})
    return found


def shown(form: AuditEventFilter, name: str, value: Any) -> str:
    if name == "kind":
        return timeline.kind_label(value)
    if name == "verb":
        return str(audit.VERBS[value].label)
    return str(value)


def export_url(request: Request, kind: str) -> str:
    query = request.GET.copy()
    for part in ("after", "before", "format"):
        query.pop(part, None)
    query["format"] = kind
    return f"?{query.urlencode()}"
