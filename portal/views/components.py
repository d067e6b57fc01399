"""The component sheet: every part the pages are built from, with made-up content."""

from datetime import timedelta
from types import SimpleNamespace as Part
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import charts, icons, permissions
from portal.forms.sample import SampleForm
from portal.http import Request

COLOURS = [
    "bg",
    "side",
    "surface",
    "raised",
    "sunken",
    "hover",
    "line",
    "line-strong",
    "ink",
    "ink-2",
    "ink-3",
    "brand",
    "brand-soft",
    "ok",
    "ok-bg",
    "warn",
    "warn-bg",
    "bad",
    "bad-bg",
    "info",
    "info-bg",
    "mute",
    "mute-bg",
    "danger",
    "star",
    "s1",
    "s2",
    "s3",
]
SHARE = (54, 57, 58, 63, 66, 69, 73, 76, 80, 82, 85, 87)
LEAD = (19, 18, 18, 16, 15, 15, 13, 12.5, 12, 11.5, 10.2, 9.4)
INCIDENTS = (3, 2, 2, 1, 2, 1, 0, 1, 0, 1, 1, 2)
SANCTIONED = (84, 93, 101, 112, 120, 131, 142, 155, None, 181, 197, 212)
DISCOVERED = (71, 69, 72, 66, 61, 58, 52, 49, 43, 40, 35, 31)
FROM_TEMPLATE, FROM_CONNECTORS, FROM_SCRATCH = (4, 5, 5, 7, 6, 8), (2, 2, 3, 3, 2, 3), (4, 4, 2, 3, 3, 2)


def months(count: int) -> list[str]:
    names = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    return names[:count]


def tiles() -> list[dict[str, Any]]:
    return [
        {
            "key": "share",
            "label": _("Sanctioned share"),
            "value": "87",
            "unit": "%",
            "note": _("212 sanctioned, 31 discovered"),
            "delta": "+9",
            "good": True,
            "up": True,
            "target": _("Target 85%"),
            "met": True,
            "spark": SHARE,
            "goal": 85,
            "url": "#c-line",
        },
        {
            "key": "lead",
            "label": _("Time to deliver"),
            "value": "9.4",
            "unit": _("days"),
            "note": _("Mean, idea to production"),
            "delta": "−2.1",
            "good": True,
            "up": False,
            "target": _("Target 10 days"),
            "met": True,
            "spark": LEAD,
            "goal": 10,
            "url": "",
        },
        {
            "key": "incidents",
            "label": _("Security incidents"),
            "value": "2",
            "unit": "",
            "note": _("Traced to micro apps"),
            "delta": "+1",
            "good": False,
            "up": True,
            "target": _("Target 0"),
            "met": False,
            "spark": INCIDENTS,
            "goal": 0,
            "url": "",
        },
    ]


def events(person: Any) -> list[Part]:
    now = timezone.now()
    return [
        Part(
            at=now - timedelta(minutes=4), title=_("Owner and cost centre changed"), actor=person, tone="info", glyph="pencil",
            changes=[(_("Owner"), "Tomás Ruiz", "Mei Chen"), (_("Cost centre"), "", "410220")],
        ),
        Part(
            at=now - timedelta(hours=30), title=_("Flagged: fewer than 3 active users in 60 days"), actor=_("Stale-app sweep"),
            tone="warn", glyph="flag", text=_("2 active users, no open ticket"), url="#p-timeline",
        ),
        Part(
            at=now - timedelta(days=41), title=_("Renewed for 90 days"), actor=person, tone="ok", glyph="rotate-ccw",
            reason=_("Every store in the north opens with it."),
        ),
        Part(at=now - timedelta(days=131), title=_("Approved in the fast lane"), actor=_("Policy 4.2"), tone="ok", glyph="zap"),
    ]  # fmt: skip


def path() -> list[Part]:
    today = timezone.localdate()
    return [
        Part(label=_("Requested"), on=today - timedelta(days=21), state="done"),
        Part(label=_("Approved in the fast lane"), on=today - timedelta(days=21), state="done"),
        Part(label=_("Live"), on=today - timedelta(days=17), state="now"),
        Part(
            label=_("Renew or archive"), on=today + timedelta(days=73), state="", note=_("renewal opens 30 days before")
        ),
    ]


def rows() -> list[Part]:
    today = timezone.localdate()
    return [
        Part(name="Shift swap, north", risk="low", tone="ok", glyph="circle-check", state=_("Active"), users=214,
             ends_on=today + timedelta(days=73), trend=SANCTIONED),
        Part(name="Returns log", risk="medium", tone="warn", glyph="flag", state=_("Flagged"), users=2,
             ends_on=today + timedelta(days=22), trend=LEAD),
        Part(name="Cash variance", risk="high", tone="mute", glyph="archive", state=_("Archived"), users=0,
             ends_on=today - timedelta(days=3), trend=()),
    ]  # fmt: skip


def facets() -> list[Part]:
    return [
        Part(name="risk", legend=_("Risk"), options=[
            Part(value="low", label=_("Low risk"), count=15, on=True),
            Part(value="medium", label=_("Medium risk"), count=7, on=False),
            Part(value="high", label=_("High risk"), count=0, on=False),
        ]),
    ]  # fmt: skip


def drawings() -> dict[str, charts.Chart]:
    month = _("Month")
    return {
        "line": charts.line(
            months(12), [(_("Sanctioned apps"), SANCTIONED), (_("Unsanctioned discoveries"), DISCOVERED)], heading=month
        ),
        "stack": charts.stack(
            months(6),
            [
                (_("Template"), FROM_TEMPLATE),
                (_("Connectors only"), FROM_CONNECTORS),
                (_("From scratch"), FROM_SCRATCH),
            ],
            heading=month,
        ),
        "bar": charts.bar(months(12), _("Active users"), DISCOVERED, heading=month),
    }


def components(request: Request) -> HttpResponse:
    permissions.allow(permissions.denial_to_use_console(request.user))
    sent = {"name": "Shift swap, north", "owner": "priya.nair@example.org", "cost_centre": "4102", "lifespan": "90"}
    today = timezone.localdate()
    context = {
        "section": "components",
        "form": SampleForm(sent),
        "tiles": tiles(),
        "charts": drawings(),
        "events": events(request.user),
        "path": path(),
        "rows": rows(),
        "facets": facets(),
        "chips": [Part(label=_("Low risk"), url="?risk="), Part(label="Microsoft 365", url="?connector=")],
        "tabs": [
            Part(label=_("Mine"), url="?tab=mine", current=True, count=4),
            Part(label=_("Team"), url="?tab=team", current=False, count=11),
            Part(label=_("Done"), url="?tab=done", current=False, count=None),
        ],
        "stages": [_("Name and purpose"), _("Owner and cost centre"), _("Data and connectors"), _("Review")],
        "changes": [(_("Data class"), _("Internal"), _("Personal")), (_("Hosts"), "", "api.partner.example")],
        "today": today,
        "soon": today + timedelta(days=21),
        "later": today + timedelta(days=90),
        "passed": today - timedelta(days=2),
        "now": timezone.now(),
        "icons": icons.NAMES,
        "colours": COLOURS,
    }
    return render(request, "portal/components.html", context)
