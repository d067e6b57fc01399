"""What the keeper of a template is told of its versions. Whoever asked for the review is told by `approvals`, not here."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from catalog.models import TemplateVersion
from portal.models import User
from portal.notifications import Kind, notify, register

PUBLISHED, SENT_BACK, REFUSED = "template_published", "template_sent_back", "template_refused"
KEEPER = _("You keep this template.")


def tell_keeper(
    kind: str, version: TemplateVersion, request: ApprovalRequest, *, by: User | None, reason: str = "", now: datetime
) -> None:
    owner, asked = version.template.owner, request.requested_by
    keeper = owner.steward or owner
    if keeper in (asked.steward or asked, by):
        return
    params = {"template": version.template.name, "version": version.number, "reason": reason, "asked_by": str(asked)}
    notify(
        keeper,
        kind,
        key=f"{kind}:{request.pk}:{request.revision}",
        url=version.get_absolute_url(),
        params=params,
        thing=version,
        now=now,
    )


register(
    PUBLISHED,
    Kind(
        label=_("A version of a template you keep is published"),
        title=_("%(template)s %(version)s is in the marketplace"),
        body=_("%(asked_by)s sent it for review, and it was approved."),
        because=KEEPER,
        action=_("See the version"),
        icon="circle-check",
        can_mute=True,
    ),
)
register(
    SENT_BACK,
    Kind(
        label=_("A version of a template you keep was sent back"),
        title=_("%(template)s %(version)s was sent back"),
        body=_("What is missing: %(reason)s"),
        because=KEEPER,
        action=_("See the version"),
        icon="undo-2",
    ),
)
register(
    REFUSED,
    Kind(
        label=_("A version of a template you keep was refused"),
        title=_("%(template)s %(version)s was refused"),
        body=_("The reason: %(reason)s"),
        because=KEEPER,
        action=_("See the version"),
        icon="circle-x",
    ),
)
