from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.actions.requests import withdraw
from approvals.models import ApprovalRequest
from portal.htmx import redirect
from portal.http import Request


@require_POST
def withdrawal_create(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(ApprovalRequest.objects.visible_to(request.user), pk=pk)
    withdraw(asked, by=request.user, now=timezone.now())
    messages.success(request, _("The request is withdrawn."))
    return redirect(request, asked)
