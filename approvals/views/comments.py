from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.actions.comments import comment
from approvals.forms.comments import CommentForm
from approvals.views.decision_page import detail_context
from approvals.views.requests import PAGE, seen_by
from portal.htmx import redirect
from portal.http import Request


@require_POST
def comment_create(request: Request, pk: int) -> HttpResponse:
    """Everyone who sees a request may comment on it."""
    asked, form = seen_by(request, pk), CommentForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, detail_context(request.user, asked, comment_form=form), status=422)
    said = form.cleaned_data
    made = comment(asked, text=said["text"], named=form.named, key=said["key"], by=request.user, now=timezone.now())
    messages.success(request, _("Your comment is there."))
    return redirect(request, f"{asked.get_absolute_url()}#comment-{made.pk}")
