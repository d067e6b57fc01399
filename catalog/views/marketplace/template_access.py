"""Which versions of templates a person may look at."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from approvals.models import ApprovalRequest
from catalog.actions.marketplace import publications
from catalog.models import TemplateVersion
from catalog.permissions_marketplace import denial_to_keep_template
from catalog.template_states import VersionState
from portal.http import Request
from portal.permissions import allow

OPEN_TO_ALL = (VersionState.PUBLISHED, VersionState.DEPRECATED)


def seen_version(request: Request, slug: str, number: str) -> TemplateVersion:
    """Published ones are for everyone; the rest for who keeps the template, for staff, and for whoever decides on it."""
    versions = TemplateVersion.objects.exclude(state=VersionState.DISCARDED)
    version = get_object_or_404(
        versions.select_related("template__owner", "template__latest"), template__slug=slug, number=number
    )
    if version.state in OPEN_TO_ALL or denial_to_keep_template(request.user, version.template) is None:
        return version
    if ApprovalRequest.objects.visible_to(request.user).about(publications.KIND, version.pk).exists():
        return version
    raise Http404


def kept_version(request: Request, slug: str, number: str) -> TemplateVersion:
    version = seen_version(request, slug, number)
    allow(denial_to_keep_template(request.user, version.template))
    return version
