from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.marketplace import ratings
from catalog.forms.marketplace.ratings import RatingForm
from catalog.permissions_marketplace import denial_to_rate
from catalog.views.marketplace.template_details import detail_page, found, version_of
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow


@require_POST
def rating_create(request: Request, slug: str) -> HttpResponse:
    template = found(request, slug)
    allow(denial_to_rate(request.user, template))
    form, version = RatingForm(request.POST), version_of(request, template)
    if not form.is_valid() and version is not None:
        return detail_page(request, template, version, form, status=422)
    ratings.rate(template, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("Your rating of %(template)s is kept.") % {"template": template})
    return redirect(request, template.get_absolute_url() + "?tab=ratings")


@require_POST
def rating_delete(request: Request, slug: str) -> HttpResponse:
    template = found(request, slug)
    ratings.unrate(template, by=request.user, now=timezone.now())
    messages.success(request, _("Your rating is taken back."))
    return redirect(request, template.get_absolute_url() + "?tab=ratings")
