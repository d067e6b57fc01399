"""Deciding several equal requests of low risk at once: say what will happen, do it, show what became of each."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from approvals.actions.bulk import decide_many, unequal
from approvals.forms.decisions import AnswerForm
from approvals.models import ApprovalRequest
from approvals.registry import subject_for
from portal.htmx import redirect
from portal.http import Request


@require_POST
def bulk_decision_create(request: Request) -> HttpResponse:
    """The first POST shows the confirm page, the second, with `confirm`, does it."""
    numbers = {
        int(one) for one in request.POST.getlist("requests") if one.isascii() and one.isdigit() and len(one) < 19
    }
    found = list(
        ApprovalRequest.objects.waiting_for(request.user).filter(pk__in=numbers).for_table().order_by("due_at")
    )
    if not found:
        return redirect(request, "approvals:request_list")
    is_confirmed, refusal = "confirm" in request.POST, unequal(found)
    form = AnswerForm(request.POST if is_confirmed else None)
    context = {"section": "approvals", "requests": found, "refusal": refusal, "form": form, "kind": kind_of(found)}
    if is_confirmed and not refusal and form.is_valid():
        results = decide_many(found, by=request.user, now=timezone.now(), **form.cleaned_data)
        done = sum(result.done for result in results)
        context = {"section": "approvals", "results": results, "done": done, "refused": len(results) - done}
        return render(request, "approvals/bulk_decision_result.html", context)
    return render(
        request, "approvals/bulk_decision_create.html", context, status=422 if form.errors or refusal else 200
    )


def kind_of(found: list[ApprovalRequest]) -> str:
    return str(subject_for(found[0].kind).label)
