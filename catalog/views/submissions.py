from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.submissions import submit, withdraw
from catalog.models import MicroApp
from portal.htmx import redirect
from portal.http import Request


@require_POST
def submission_create(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    asked = submit(app, by=request.user, now=timezone.now())
    messages.success(request, _("%(app)s is with the reviewers. You are told what they decide.") % {"app": app})
    return redirect(request, asked)


@require_POST
def submission_withdrawal_create(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    withdraw(app, by=request.user, now=timezone.now())
    messages.success(request, _("%(app)s is a draft again.") % {"app": app})
    return redirect(request, app)
