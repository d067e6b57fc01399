"""Violations: what live things do not meet, until it is put right."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from approvals.actions.checks import check_things
from approvals.models import PolicyException, Violation
from approvals.models.policy_check import Cause
from approvals.states import ViolationState
from portal.htmx import redirect
from portal.http import Request
from portal.models import BusinessUnit, User
from portal.models.user import Role
from portal.tabs import Tab, opened
from portal.timeline import events_of

PAGE_SIZE = 50


@require_safe
def violation_list(request: Request) -> HttpResponse:
    """Open ones, due first; and those that are over, the latest first."""
    seen, now = Violation.objects.visible_to(request.user), timezone.now()
    tabs = {
        "open": Tab(_("Open"), seen.standing(), "due_at"),
        "closed": Tab(_("Put right"), seen.over(), "-opened_at"),
    }
    shown = opened(request.GET, tabs, size=PAGE_SIZE)
    rows = [(row, row.is_late(now)) for row in shown.found.rows]
    context = {"section": "violations", "shown": shown, "rows": rows}
    return render(request, "approvals/violation_list.html", context)


@require_safe
def violation_detail(request: Request, pk: int) -> HttpResponse:
    seen = Violation.objects.visible_to(request.user).for_table().select_related("last_check__version")
    row = get_object_or_404(seen, pk=pk)
    context = {
        "section": "violations",
        "row": row,
        **exception_context(request.user, row),
        "is_late": row.is_late(timezone.now()),
        "events": events_of(row),
    }
    return render(request, "approvals/violation_detail.html", context)


def exception_context(user: User, row: Violation) -> dict[str, Any]:
    """The exception that covers it or is asked for, else where this reader asks for one."""
    of_thing = models.Q(subject_kind=row.subject_kind, subject_id=row.subject_id)
    of_unit = models.Q(business_unit__in=BusinessUnit.objects.above(row.business_unit_id or 0))
    wanted = PolicyException.objects.filter(of_thing | of_unit, policy=row.policy, state__in=["active", "asked"])
    found = wanted.order_by("state", "-ends_on").first()
    is_owner = bool({row.owner_id, row.second_owner_id} & set(user.answers_for)) or user.has_role(Role.STAFF)
    if found is not None or row.state == ViolationState.CLOSED or not is_owner:
        return {"exception": found, "ask_url": ""}
    query = urlencode({"kind": row.subject_kind, "id": row.subject_id})
    return {"exception": None, "ask_url": f"{reverse('approvals:exception_create', args=[row.policy.slug])}?{query}"}


@require_POST
def violation_check_create(request: Request, pk: int) -> HttpResponse:
    """Check it again now, for whoever has put it right and does not want to wait for the night."""
    row = get_object_or_404(Violation.objects.visible_to(request.user).select_related("policy__active"), pk=pk)
    check_things(row.subject_kind, [row.subject_id], policies=[row.policy], cause=Cause.PERSON, now=timezone.now())
    row.refresh_from_db(fields=["state"])
    if row.state == ViolationState.CLOSED:
        messages.success(request, _("It passes now: the violation is closed."))
    else:
        messages.warning(request, _("It fails still. The reasons are below."))
    return redirect(request, row)
