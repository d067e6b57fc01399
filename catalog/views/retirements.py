from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.retirements import retire
from catalog.forms.archives import ReasonForm
from catalog.models import Archive, MicroApp
from catalog.permissions import denial_to_move
from portal.htmx import redirect
from portal.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def retirement_create(request: Request, slug: str) -> HttpResponse:
    """End an archived app for good, with a reason."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    denial = denial_to_move(request.user, app, "retire")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form.is_valid() or denial):
        retire(app, by=request.user, now=timezone.now(), reason=form.cleaned_data.get("reason", ""))
        messages.success(request, _("%(app)s is retired. Its record and its history stay.") % {"app": app})
        return redirect(request, app)
    context = {
        "section": "apps",
        "app": app,
        "form": form,
        "denial": denial,
        "archive": Archive.objects.filter(app=app, restored_at=None).first(),
    }
    return render(request, "catalog/retirement_create.html", context, status=422 if form.errors else 200)
