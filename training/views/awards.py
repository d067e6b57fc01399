"""A badge of one's own: what it proves, until when, how to renew, show and download it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.markdown import render as markdown
from portal.permissions import allow
from portal.states import InvalidTransition
from portal.timeline import events_of
from training import certificate
from training.actions import awards
from training.badges import picture
from training.badges.baking import bake_png, bake_svg
from training.forms.awards import MoveForm, SharingForm
from training.models import Award, Credential
from training.permissions import denial_to_keep_award, denial_to_see_award
from training.states import AwardState

FORMS = {
    "svg": ("image/svg+xml", "svg"),
    "png": ("image/png", "png"),
    "jwt": ("text/plain", "jwt"),
    "json": ("application/vc+ld+json", "json"),
}
MOVES = {"suspension": awards.suspend, "revocation": awards.revoke, "reinstatement": awards.reinstate}


def seen_award(request: Request, number: UUID) -> Award:
    row = get_object_or_404(Award.objects.with_names(), public_id=number)
    allow(denial_to_see_award(request.user, row))
    return row


@require_safe
def award_detail(request: Request, number: UUID) -> HttpResponse:
    return award_page(request, seen_award(request, number))


def award_page(request: Request, row: Award, form: MoveForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    certification = row.certification
    public = settings.SITE_URL + reverse("training:verification_detail", args=[row.public_id])
    may_keep = denial_to_keep_award(request.user, row) is None
    context = {
        "section": "badges",
        "row": row,
        "standing": row.standing(now),
        "criteria": markdown(certification.criteria),
        "public": public,
        "share": share_link(row, public),
        "may_renew": row.may_renew(now) and row.user_id == request.user.pk,
        "courses": certification.courses.select_related("current"),
        "open": row.recertifications.open(),
        "is_own": row.user_id == request.user.pk,
        "sharing": SharingForm(initial={"shows_name": row.shows_name, "on_profile": row.on_profile}),
        "credential": row.credentials.filter(revoked_at=None).first(),
        "may_keep": may_keep,
        "moves": [name for name, target in TARGETS.items() if may_keep and row.state in target],
        "form": form or MoveForm(),
        "events": events_of(row),
    }
    return render(request, "training/award_detail.html", context, status=status)


TARGETS = {
    "suspension": (AwardState.HELD,),
    "revocation": (AwardState.HELD, AwardState.SUSPENDED),
    "reinstatement": (AwardState.SUSPENDED, AwardState.REVOKED),
}


def share_link(row: Award, public: str) -> str:
    """The address that adds it to a LinkedIn profile, as that site documents it. Following it is up to the holder."""
    first, last = row.first_awarded_at, row.valid_until
    return "https://www.linkedin.com/profile/add?" + urlencode(
        {
            "startTask": "CERTIFICATION_NAME",
            "name": row.certification.title,
            "organizationName": settings.BADGE_ISSUER,
            "issueYear": str(first.year),
            "issueMonth": str(first.month),
            "expirationYear": str(last.year),
            "expirationMonth": str(last.month),
            "certUrl": public,
            "certId": str(row.public_id),
        }
    )


@require_POST
def award_sharing_create(request: Request, number: UUID) -> HttpResponse:
    row = seen_award(request, number)
    form = SharingForm(request.POST)
    form.is_valid()  # two boxes: nothing can be wrong
    awards.share(row, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Saved. It holds from now on."))
    return redirect(request, row)


@require_POST
def award_move_create(request: Request, number: UUID) -> HttpResponse:
    """Suspend, withdraw or give back, with a reason."""
    row, form = seen_award(request, number), MoveForm(request.POST)
    allow(denial_to_keep_award(request.user, row))
    if not form.is_valid():
        return award_page(request, row, form, status=422)
    move = MOVES[form.cleaned_data["move"]]
    try:
        move(row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The holder is told."))
    return redirect(request, row)


@require_safe
def credential_download(request: Request, number: UUID, form: str) -> HttpResponse:
    """The badge as a file. A picture carries the signed credential inside; bake last, so no cache may alter it."""
    row = seen_award(request, number)
    credential = row.credentials.filter(revoked_at=None).order_by("-id").first()
    if form not in FORMS or credential is None or row.state == AwardState.REVOKED:
        raise Http404(_("There is no such file of this badge."))
    kind, ending = FORMS[form]
    response = HttpResponse(content_of(row, credential, form), content_type=kind)
    name = f"{row.certification.slug}-badge.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-transform, no-store"
    return response


def content_of(row: Award, credential: Credential, form: str) -> bytes | str:
    title, level = row.certification.title, row.certification.level
    match form:
        case "svg":
            return bake_svg(picture.svg(title, level, settings.BADGE_ISSUER), credential.jwt)
        case "png":
            return bake_png(picture.png(title, level, settings.BADGE_ISSUER), credential.jwt)
        case "jwt":
            return credential.jwt
    return credential.linked


@require_safe
def certificate_download(request: Request, number: UUID) -> HttpResponse:
    row = seen_award(request, number)
    if row.state == AwardState.REVOKED:
        raise Http404(_("This badge was withdrawn, so there is no certificate of it."))
    public = settings.SITE_URL + reverse("training:verification_detail", args=[row.public_id])
    response = HttpResponse(certificate.pdf(row, public), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.certification.slug}-certificate.pdf"'
    return response
