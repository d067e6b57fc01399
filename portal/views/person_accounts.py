"""What staff do to an account: roles, the invitation, closing and opening it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import departures
from portal.actions import people
from portal.actions.roles import change_roles
from portal.forms.people import ReasonForm, RolesForm
from portal.htmx import redirect
from portal.http import Request
from portal.models import User
from portal.permissions import allow, denial_to_change_people, denial_to_deactivate, denial_to_give_roles


@require_POST
def person_role_create(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_give_roles(request.user))
    person = get_object_or_404(User, pk=pk)
    form = RolesForm(request.POST, prefix="roles")
    if form.is_valid():
        give, take = form.difference
        change_roles(person, give=give, take=take, by=request.user, now=timezone.now())
        messages.success(request, _("Roles of %(person)s saved.") % {"person": person})
    else:
        messages.error(request, _("That is not a role. Tick roles from the list."))
    return redirect(request, "person_edit", pk)


@require_POST
def invitation_create(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    people.invite(person, by=request.user, now=timezone.now())
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": person.email})
    return redirect(request, "person_edit", pk)


def deactivation_create(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    person = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.deactivate(person, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The account of %(person)s is closed.") % {"person": person})
        return redirect(request, "person_edit", pk)
    context = {
        "section": "people",
        "person": person,
        "form": form,
        "denial": denial_to_deactivate(request.user, person),
        "blockers": departures.blockers(person),
    }
    return render(request, "portal/deactivation_create.html", context, status=422 if form.errors else 200)


def reactivation_create(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    person = get_object_or_404(User.objects.closed(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.reactivate(person, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The account of %(person)s is open again.") % {"person": person})
        return redirect(request, "person_edit", pk)
    context = {"section": "people", "person": person, "form": form}
    return render(request, "portal/reactivation_create.html", context, status=422 if form.errors else 200)
