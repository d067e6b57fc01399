"""The numbers of approvals, for staff to read and set."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import rules
from approvals.actions.rules import set_rules
from approvals.forms.rules import RulesForm
from approvals.models import RuleVersion
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow, denial_to_use_console

SHOWN = 50


@require_safe
def rule_set_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    sets = [(name, title, rules.standing(name)) for name, title in rules.TITLES.items()]
    return render(request, "approvals/rule_set_list.html", {"section": "approval_rules", "sets": sets})


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_detail(request: Request, name: str) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    if name not in rules.RULES:
        raise Http404
    standing = rules.standing(name)
    first = {**standing.values, "seen": standing.version}
    form = RulesForm(request.POST if request.method == "POST" else None, name=name, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        set_rules(
            name, values=form.values, reason=said["reason"], seen=said["seen"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("They hold from now on. What was computed before keeps its version."))
        return redirect(request, "approvals:rule_set_list")
    context = {
        "section": "approval_rules",
        "title": rules.TITLES[name],
        "standing": standing,
        "form": form,
        "versions": RuleVersion.objects.filter(name=name).select_related("by").order_by("-number")[:SHOWN],
    }
    return render(request, "approvals/rule_set_detail.html", context, status=422 if form.errors else 200)
