from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.archives import archive
from catalog.forms.archives import ReasonForm
from catalog.models import MicroApp
from catalog.permissions import denial_to_archive
from catalog.rules import RuleBook
from portal.htmx import redirect
from portal.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def archive_create(request: Request, slug: str) -> HttpResponse:
    """Says what stops and until when it comes back in one click, then does it."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    now, form = timezone.now(), ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form.is_valid() or denial_to_archive(request.user, app)):
        put_away = archive(app, by=request.user, now=now, reason=form.cleaned_data.get("reason", ""))
        words = {"app": app.name, "day": formats.date_format(put_away.restore_until, "j F Y")}
        messages.success(request, _("%(app)s is archived. One click restores it until %(day)s.") % words)
        return redirect(request, app)
    context = {
        "section": "apps",
        "app": app,
        "form": form,
        "denial": denial_to_archive(request.user, app),
        "restore_until": app.owner.local_date(now) + timedelta(days=RuleBook.load().for_app("retention", app)),
        "needed_by": MicroApp.objects.live().filter(needs__needed=app).order_by("name"),
    }
    return render(request, "catalog/archive_create.html", context, status=422 if form.errors else 200)
