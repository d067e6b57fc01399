"""A person's own out-of-office days."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import absences
from portal.forms.preferences import AbsenceForm
from portal.htmx import redirect
from portal.http import Request
from portal.models import Absence

OLD_ONES = 10


def absence_list(request: Request) -> HttpResponse:
    """Running and coming days, the last old ones, and the form for new ones."""
    now = timezone.now()
    today = request.user.local_date(now)
    form = AbsenceForm(request.POST or None, instance=Absence(user=request.user), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            absences.add(request.user, fields=form.cleaned_data, by=request.user, now=now)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Out of office is set."))
            return redirect(request, "absence_list")
    mine = Absence.objects.of(request.user)
    context = {
        "section": "preferences",
        "tab": "absences",
        "form": form,
        "today": today,
        "coming": mine.from_day(today),
        "over": mine.before_day(today)[:OLD_ONES],
    }
    return render(request, "portal/absence_list.html", context, status=422 if form.errors else 200)


@require_POST
def absence_end_create(request: Request, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.of(request.user), pk=pk)
    absences.end(absence, by=request.user, now=timezone.now())
    messages.success(request, _("You are back. Questions and digests reach you again."))
    return redirect(request, "absence_list")
