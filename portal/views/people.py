"""People: the staff list, and the page everyone in the house may read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import departures, paging, profiles, recent
from portal.actions import people
from portal.delegation import standing_in_for
from portal.edits import Stale
from portal.filters.people import selected
from portal.forms.people import NewPersonForm, PersonForm, PersonSearchForm, RolesForm
from portal.forms.person_field import written
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.models import User
from portal.models.user import Role
from portal.permissions import (
    allow,
    denial_to_change_people,
    denial_to_deactivate,
    denial_to_give_roles,
    denial_to_use_console,
)
from portal.spreadsheets import csv_response

PAGE = 50


def person_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    form = PersonSearchForm(request.GET)
    found = selected(form)
    total = found.count()
    context = {
        "section": "people",
        "form": form,
        "page": paging.page(found, "name", size=PAGE, **paging.place(request.GET)),
        "total": total,
        "text": ngettext("%(total)d person", "%(total)d people", total) % {"total": total},
        "query": request.GET.urlencode(),
    }
    return render_page(request, "portal/person_list.html", context, "portal/_person_table.html")


def person_export(request: Request) -> StreamingHttpResponse:
    """CSV of exactly what the list shows."""
    allow(denial_to_use_console(request.user))
    found = selected(PersonSearchForm(request.GET)).select_related("cost_centre")
    head = [
        _("Name"), _("E-mail"), _("Job title"), _("Business unit"), _("Cost centre"), _("Manager"), _("Roles"),
        _("Time zone"), _("Service identity"), _("Person behind the service"), _("Last working day"), _("Open"),
    ]  # fmt: skip
    return csv_response("people.csv", head, (row(person) for person in found.iterator(chunk_size=500)))


def row(person: User) -> list[Any]:
    return [
        person.name, person.email, person.title, person.business_unit or "", person.cost_centre or "",
        person.manager.email if person.manager else "", " ".join(sorted(person.roles)), person.time_zone,
        _("yes") if person.is_service else _("no"), person.steward.email if person.steward else "",
        person.leaves_on or "", _("yes") if person.is_active else _("no"),
    ]  # fmt: skip


def person_create(request: Request) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    form = NewPersonForm(request.POST or None, initial={"time_zone": request.user.time_zone})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        person = people.add(fields=form.values, by=request.user, now=now)
        if form.cleaned_data["invite"] and not person.is_service:
            people.invite(person, by=request.user, now=now)
        messages.success(request, _("%(person)s has an account now.") % {"person": person})
        return redirect(request, "person_edit", person.pk)
    return render(request, "portal/person_create.html", {"section": "people", "form": form}, status=status_of(form))


def person_edit(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    person = get_object_or_404(User.objects.for_table(), pk=pk)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            people.change(person, fields=form.values, by=request.user, now=timezone.now(), seen=form.seen_mark)
        except Stale as stale:
            form.changed_by_others(str(stale))
        else:
            messages.success(request, _("Saved."))
            return redirect(request, "person_edit", pk)
    context = {"form": form, **side_of_edit(request.user, User.objects.for_table().get(pk=pk))}
    return render(request, "portal/person_edit.html", context, status=status_of(form))


def side_of_edit(user: User, person: User) -> dict[str, Any]:
    """What stands beside the form: roles, and the way to close the account."""
    return {
        "section": "people",
        "person": person,
        "roles": RolesForm.of(person),
        "role_denial": denial_to_give_roles(user),
        "deactivation_denial": denial_to_deactivate(user, person),
        "blockers": departures.blockers(person) if person.is_active else [],
        "held": [role.label for role in Role if role in person.roles],
    }


def person_detail(request: Request, pk: int) -> HttpResponse:
    """Everyone may look up everyone: what a colleague needs to know, and what they own."""
    person = get_object_or_404(User.objects.for_profile(), pk=pk)
    today = person.local_date(timezone.now())
    recent.remember(request, str(person), person.get_absolute_url(), "user")
    context = {
        "section": "people" if denial_to_use_console(request.user) is None else "",
        "person": person,
        "absence": person.absences.on(today).first(),
        "stand_in": standing_in_for(person, today),
        "roles": [role.label for role in Role if role in person.roles],
        "shown": profiles.sections(request.user, person),
        "may_edit": denial_to_change_people(request.user) is None,
    }
    return render(request, "portal/person_detail.html", context)


def person_option_list(request: Request) -> HttpResponse:
    """Suggestions for a field that takes a person, as options."""
    asked_by = getattr(request, "htmx", None) and request.htmx.trigger_name
    words = request.GET.get(asked_by or "q", "").strip()[:80]
    found = User.objects.people().matching(words).order_by("name")[:8] if len(words) > 1 else []
    options = [written(person) for person in found]
    return render(request, "portal/_person_options.html", {"options": options})


def status_of(form: Any) -> int:
    return 422 if form.errors else 200
