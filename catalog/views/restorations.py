from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.proposals import propose
from catalog.actions.restorations import restore, violations_of
from catalog.forms.proposals import ReasonForm
from catalog.models import Archive, MicroApp
from catalog.models.proposal import ProposalKind
from catalog.permissions import denial_to_move
from catalog.snapshots import PEOPLE, differences, snapshot
from catalog.terms import restored_end
from catalog.views.proposals import waiting
from portal.htmx import redirect
from portal.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def restoration_create(request: Request, slug: str) -> HttpResponse:
    """Shows what comes back, then brings it back and says whether it is equal."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    if request.method == "POST" and violations_of(app):
        return ask(request, app)
    if request.method == "POST":
        restored = restore(app, by=request.user, now=timezone.now())
        words = {"app": app.name, "day": formats.date_format(restored.new_end, "j F Y")}
        text = (
            _("%(app)s is back, equal to what was archived. It ends on %(day)s.")
            if restored.equal
            else _("%(app)s is back. Its people or its unit were changed since, and stay changed. It ends on %(day)s.")
        )
        messages.success(request, text % words)
        return redirect(request, app)
    return render(request, "catalog/restoration_create.html", context_of(request, app))


def ask(request: Request, app: MicroApp) -> HttpResponse:
    """An app that was archived while it violated a policy comes back by a decision."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {**context_of(request, app), "form": form}
        return render(request, "catalog/restoration_create.html", context, status=422)
    proposal = propose(
        app,
        kind=ProposalKind.RESTORE,
        values={"violations": violations_of(app)},
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("The restore of %(app)s is with the reviewers.") % {"app": app.name})
    return redirect(request, proposal.request)


def context_of(request: Request, app: MicroApp) -> dict[str, object]:
    today = app.owner.local_date(timezone.now())
    put_away = Archive.objects.filter(app=app, restored_at=None).select_related("by").first()
    denial = denial_to_move(request.user, app, "restore")
    if put_away is not None and denial is None and today > put_away.restore_until:
        denial = _("One-click restore has ended. The record stays; ask the C4E to start it anew.")
    kept = put_away.snapshot if put_away else {}
    new_end = restored_end(app.expires_on, today, app.lifespan_days) if app.expires_on else None
    return {
        "section": "apps",
        "app": app,
        "archive": put_away,
        "denial": denial,
        "violations": violations_of(app),
        **waiting(app, ProposalKind.RESTORE),
        "form": ReasonForm(),
        "kept": kept,
        "has_moved_on": bool(differences(kept, snapshot(app)).keys() & set(PEOPLE)) if kept else False,
        "new_end": new_end,
        "gets_new_end": new_end != app.expires_on,
    }
