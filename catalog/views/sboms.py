"""The bill of materials of an app: what it is made of, and the page on which a new one is uploaded."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from catalog.actions.sboms import upload
from catalog.forms.sboms import SbomForm
from catalog.models import MicroApp
from catalog.permissions import denial_to_edit
from catalog.sbom import BadSbom
from portal.htmx import redirect
from portal.http import Request

SHOWN, EARLIER = 300, 20


@require_http_methods(["GET", "HEAD", "POST"])
def sbom_create(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    form = SbomForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = upload(app, name=file.name, content=file.read(), by=request.user, now=timezone.now())
        except BadSbom as error:
            form.add_error("file", str(error))
        else:
            said = ngettext("%(size)d component is listed.", "%(size)d components are listed.", made.size)
            messages.success(request, said % {"size": made.size})
            return redirect(request, "catalog:sbom_create", app.slug)
    current = app.sboms.filter(is_current=True).select_related("by").first()
    words = request.GET.get("q", "").strip()[:100].casefold()
    parts = [one for one in current.components if words in one["name"].casefold()] if current else []
    context = {
        "section": "apps",
        "app": app,
        "form": form,
        "denial": denial_to_edit(request.user, app),
        "current": current,
        "words": request.GET.get("q", ""),
        "parts": parts[:SHOWN],
        "total": len(parts),
        "before": app.sboms.filter(is_current=False).defer("components").select_related("by").order_by("-id")[:EARLIER],
    }
    return render(request, "catalog/sbom_create.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def sbom_export(request: Request, slug: str) -> HttpResponse:
    """The components that count, as JSON."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    current = get_object_or_404(app.sboms, is_current=True)
    answer = JsonResponse({"app": app.slug, "digest": current.digest, "components": current.components})
    answer["Content-Disposition"] = f'attachment; filename="{app.slug}-components.json"'
    return answer
