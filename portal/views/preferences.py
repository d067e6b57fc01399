from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import people
from portal.forms.preferences import PreferencesForm
from portal.htmx import redirect
from portal.http import Request
from portal.models import User


def preferences(request: Request) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        people.change(request.user, fields=form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(request, "preferences")
    context = {"section": "preferences", "form": form, "tab": "preferences"}
    return render(request, "portal/preferences.html", context, status=422 if form.errors else 200)
