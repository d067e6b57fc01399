from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.departures import declare
from catalog.forms.leaving import LeavingForm
from catalog.models import HandOver, MicroApp
from portal.htmx import redirect
from portal.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: Request) -> HttpResponse:
    """The page “I am leaving”: every app of mine, who is asked to take it over, and what I can still do."""
    today = request.user.local_date(timezone.now())
    form = LeavingForm(
        request.POST if request.method == "POST" else None, initial={"leaves_on": request.user.leaves_on}, today=today
    )
    if request.method == "POST" and form.is_valid():
        declare(request.user, leaves_on=form.cleaned_data["leaves_on"], now=timezone.now())
        messages.success(request, _("Your last working day is set, and your apps are offered on."))
        return redirect(request, "catalog:leaving")
    offers = {
        one.app_id: one for one in HandOver.objects.standing().filter(app__owner=request.user).select_related("taker")
    }
    mine = MicroApp.objects.kept_by(request.user).order_by("name")
    context = {
        "section": "my_apps",
        "form": form,
        "owned": [(app, offers.get(app.pk)) for app in mine.filter(owner=request.user)],
        "seconded": mine.filter(second_owner=request.user).select_related("owner"),
    }
    return render(request, "catalog/leaving.html", context, status=422 if form.errors else 200)
