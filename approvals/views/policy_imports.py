"""Policies from a file: every good one becomes a draft, which is in force for nobody until two people say so."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from approvals.actions.policy_imports import apply
from approvals.engine import bundle
from approvals.forms.policies import BundleForm
from approvals.permissions_policies import denial_to_keep_policies
from portal.http import Request
from portal.permissions import allow


@require_http_methods(["GET", "HEAD", "POST"])
def policy_import_create(request: Request) -> HttpResponse:
    allow(denial_to_keep_policies(request.user))
    form = BundleForm(request.POST or None, request.FILES or None)
    context = {"section": "policies", "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = bundle.read(file.name, file.read())
        except bundle.BadBundle as error:
            form.add_error("file", str(error))
        else:
            context |= {"lines": apply(found, by=request.user, now=timezone.now()), "unused": found.unused}
            return render(request, "approvals/policy_import_result.html", context)
    status = 422 if request.method == "POST" else 200
    return render(request, "approvals/policy_import_create.html", context, status=status)
