"""Approver groups, for staff to keep."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.actions.approver_groups import keep
from approvals.forms.approver_groups import ApproverGroupForm
from approvals.models import ApproverGroup
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


@require_safe
def approver_group_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    groups = ApproverGroup.objects.prefetch_related("members")
    return render(request, "approvals/approver_group_list.html", {"section": "approval_rules", "groups": groups})


def form_page(request: Request, group: ApproverGroup | None) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    first = {"name": group.name, "slug": group.slug, "members": list(group.members.order_by("name"))} if group else {}
    form = ApproverGroupForm(request.POST if request.method == "POST" else None, initial=first)
    form.fields["slug"].disabled = group is not None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                keep(group, by=request.user, now=timezone.now(), **form.cleaned_data)
            except InvalidTransition as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The group is saved."))
                return redirect(request, "approvals:approver_group_list")
    context = {"section": "approval_rules", "form": form, "group": group}
    return render(request, "approvals/approver_group_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def approver_group_create(request: Request) -> HttpResponse:
    return form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def approver_group_edit(request: Request, slug: str) -> HttpResponse:
    return form_page(request, get_object_or_404(ApproverGroup, slug=slug))
