from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.actions.decisions import decide
from approvals.forms.decisions import DecisionForm
from approvals.models import ApprovalRequest
from approvals.permissions import denial_to_take_part
from approvals.views.requests import detail_context
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition


@require_POST
def decision_create(request: Request, pk: int) -> HttpResponse:
    """Decide. When somebody was faster, the page says so and shows the words that were not stored."""
    asked = get_object_or_404(ApprovalRequest.objects.visible_to(request.user).for_table(), pk=pk)
    allow(denial_to_take_part(request.user, asked))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, "approvals/request_detail.html", detail_context(request.user, asked, form), status=422)
    try:
        decide(asked, by=request.user, now=timezone.now(), **form.cleaned_data)
    except InvalidTransition as refusal:
        fresh = ApprovalRequest.objects.for_table().get(pk=pk)
        context = detail_context(request.user, fresh, form, conflict=str(refusal))
        return render(request, "approvals/request_detail.html", context, status=409)
    messages.success(request, _("Your decision is stored, and the person who asked is told."))
    return redirect(request, asked)
