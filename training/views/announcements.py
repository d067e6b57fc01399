"""News of the C4E, and saying that one has read it."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.markdown import render as markdown
from portal.models import User
from portal.models.user import Role
from portal.paging import page, place
from portal.permissions import allow
from training.actions import announcements
from training.forms.people import AnnouncementForm
from training.models import Announcement
from training.permissions import denial_to_teach
from training.views.desk import PAGE

SIZE = 30


@require_safe
def announcement_list(request: Request) -> HttpResponse:
    today = request.user.local_date(timezone.now())
    rows = Announcement.objects.select_related("made_by")
    if not request.user.has_role(Role.STAFF):
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    found = page(rows, "-made_at", size=SIZE, **place(request.GET))
    read = set(Announcement.objects.filter(acknowledgements__user=request.user).values_list("pk", flat=True))
    context = {
        "section": "announcements",
        "found": found,
        "rows": [(row, row.pk in read) for row in found.rows],
        "may_teach": request.user.has_role(Role.STAFF),
    }
    return render(request, "training/announcement_list.html", context)


@require_http_methods(PAGE)
def announcement_create(request: Request) -> HttpResponse:
    allow(denial_to_teach(request.user))
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = announcements.publish(by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Published. Everybody reads it in their next digest."))
        return redirect(request, row)
    context = {"section": "announcements", "form": form}
    return render(request, "training/announcement_form.html", context, status=422 if form.errors else 200)


@require_safe
def announcement_detail(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Announcement.objects.select_related("made_by"), pk=pk)
    is_staff = request.user.has_role(Role.STAFF)
    context = {
        "section": "announcements",
        "row": row,
        "body": markdown(row.body),
        "read": row.acknowledgements.filter(user=request.user).first(),
        "counts": (
            (row.acknowledgements.aggregate(n=Count("pk"))["n"], User.objects.people().count())
            if is_staff and row.asks
            else None
        ),
    }
    return render(request, "training/announcement_detail.html", context)


@require_POST
def acknowledgement_create(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Announcement, pk=pk)
    announcements.acknowledge(row, by=request.user, now=timezone.now())
    messages.success(request, _("Noted. Thank you for reading it."))
    return redirect(request, row)
