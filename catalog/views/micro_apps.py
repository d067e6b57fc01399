"""The page of one app, its tabs as links."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from approvals import rules
from approvals.models import ApprovalRequest
from approvals.risk import factors_of
from approvals.standings import standings_of
from catalog import right_action, risk
from catalog.actions.submissions import SOURCE
from catalog.models import AppFact, MicroApp
from catalog.permissions import denial_to_state_facts
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.rules import RuleBook
from catalog.terms import grace_ends_on
from catalog.usage_chart import SPANS, usage_of
from portal.http import Request
from portal.navigation import address
from portal.recent import remember
from portal.timeline import events_of

LATEST = 6


@require_safe
def micro_app_by_id(request: Request, pk: int) -> HttpResponse:
    """The address that the audit log and other records keep: it stands even when the page's own address changes."""
    return redirect(get_object_or_404(MicroApp.objects.visible_to(request.user), pk=pk))


@require_safe
def micro_app_detail(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(whole(request), slug=slug)
    remember(request, app.name, app.get_absolute_url(), "boxes")
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "overview"
    context = {**head_of(request, app), "tab": tab, "tabs": tabs(app, tab), **TABS[tab][1](request, app)}
    return render(request, "catalog/micro_app_detail.html", context)


def whole(request: Request) -> QuerySet[MicroApp]:
    """The apps this reader may open, with everybody their page names."""
    return MicroApp.objects.visible_to(request.user).select_related(
        "owner__manager", "owner__steward", "second_owner", "business_unit", "cost_centre", "created_by"
    )


def head_of(request: Request, app: MicroApp) -> dict[str, Any]:
    """What stands above the tabs: the end, the marks, and what this reader may do."""
    now = timezone.now()
    book = RuleBook.load()
    today = app.owner.local_date(now)
    case = right_action.Case(request.user, app, today, book.for_app("renewal_opens", app))
    grace = book.for_app("grace", app)
    return {
        "section": "apps",
        "app": app,
        "today": today,
        "facts": AppFact.objects.standing(now).filter(app=app).select_related("by"),
        "may_mark": denial_to_state_facts(request.user) is None,
        "primary": right_action.primary(case),
        "others": right_action.others(case),
        "in_grace": app.is_live and app.expires_on is not None and app.expires_on < today,
        "grace_until": grace_ends_on(app.expires_on, grace) if app.expires_on else None,
        "asked": waiting_request(request, app),
        "proposals": app.proposals.standing().select_related("request", "by").order_by("at"),
    }


def waiting_request(request: Request, app: MicroApp) -> ApprovalRequest | None:
    """The open request about this app, when the reader may see it and the site has its page."""
    if app.state not in ("draft", "in_review") or not address("approvals:request_detail", "1"):
        return None
    requests = ApprovalRequest.objects.open().visible_to(request.user)
    return requests.filter(subject_id=app.pk, url=app.get_absolute_url()).first()


def overview(request: Request, app: MicroApp) -> dict[str, Any]:
    connectors = connectors_of(app)
    hosts = [host.host for host in app.hosts.order_by("host")]
    clone = risk.clone_of(app)
    found = factors_of(risk.facts(app, hosts, connectors, risk.lineage_of(clone)), rules.standing("risk").values)
    return {
        "clone": clone,
        "may_use_source": clone is not None and denial_to_use_repository(request.user, app) is None,
        "connectors": connectors,
        "hosts": hosts,
        "factors": [factor for factor in found if factor.points],
        "latest": [replace(event, changes=[]) for event in events_of(app, limit=LATEST)],
        "usage": usage_of(app, days=SPANS[0], today=timezone.now().date()),
    }


def timeline(request: Request, app: MicroApp) -> dict[str, Any]:
    return {"events": events_of(app)}


def use(request: Request, app: MicroApp) -> dict[str, Any]:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else SPANS[0]
    return {"usage": usage_of(app, days=days, today=timezone.now().date()), "spans": SPANS, "days": days}


def dependencies(request: Request, app: MicroApp) -> dict[str, Any]:
    visible = MicroApp.objects.visible_to(request.user).select_related("owner").order_by("name", "pk")
    needed_by = app.needed_by.count()
    seen = visible.filter(needs__needed=app)
    return {
        "connectors": connectors_of(app),
        "hosts": app.hosts.order_by("host"),
        "needs": visible.filter(needed_by__app=app),
        "needs_hidden": app.needs.count() - visible.filter(needed_by__app=app).count(),
        "needed_by": seen,
        "needed_by_hidden": needed_by - seen.count(),
        "sbom": app.sboms.filter(is_current=True).defer("components").select_related("by").first(),
    }


def policies(request: Request, app: MicroApp) -> dict[str, Any]:
    return {"standings": standings_of(SOURCE, app.pk, app.business_unit_id, by=request.user, now=timezone.now())}


def history(request: Request, app: MicroApp) -> dict[str, Any]:
    return {"events": [event for event in events_of(app) if event.changes]}


def connectors_of(app: MicroApp) -> list[Any]:
    return [use.connector for use in app.connector_uses.select_related("connector").order_by("connector__name")]


Part = Callable[[Request, MicroApp], dict[str, Any]]
TABS: dict[str, tuple[Callable[[], str], Part]] = {
    "overview": (lambda: _("Overview"), overview),
    "timeline": (lambda: _("Timeline"), timeline),
    "use": (lambda: _("Use"), use),
    "dependencies": (lambda: _("Dependencies"), dependencies),
    "policies": (lambda: _("Policies"), policies),
    "history": (lambda: _("History of fields"), history),
}


def tabs(app: MicroApp, current: str) -> list[dict[str, Any]]:
    url = app.get_absolute_url()
    return [
        {"label": label(), "url": url if key == "overview" else f"{url}?tab={key}", "current": key == current}
        for key, (label, _part) in TABS.items()
    ]
