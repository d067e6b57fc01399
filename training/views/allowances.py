"""More time in quizzes for those who need it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from training.actions import allowances
from training.forms.people import AllowanceForm
from training.models import TimeAllowance
from training.permissions import denial_to_teach
from training.views.desk import PAGE


@require_http_methods(PAGE)
def allowance_list(request: Request) -> HttpResponse:
    allow(denial_to_teach(request.user))
    form = AllowanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        allowances.grant(
            said["person"], percent=said["percent"] or None, reason=said["reason"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("Saved. It counts for every attempt that begins from now on."))
        return redirect(request, "training:allowance_list")
    rows = TimeAllowance.objects.select_related("user", "granted_by").order_by("user__name")
    context = {"section": "course_desk", "form": form, "rows": rows}
    return render(request, "training/allowance_list.html", context, status=422 if form.errors else 200)


@require_POST
def allowance_removal_create(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_teach(request.user))
    allowances.take(get_object_or_404(TimeAllowance, pk=pk), by=request.user, now=timezone.now())
    return redirect(request, "training:allowance_list")
