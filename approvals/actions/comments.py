"""Words on a request, for everyone who sees it; whoever is named with @ is told and sees it from then on."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, Comment
from approvals.notifications_talk import tell_commented
from portal import audit
from portal.models import User


@transaction.atomic
def comment(
    request: ApprovalRequest, *, text: str, named: Sequence[User], key: uuid.UUID, by: User, now: datetime
) -> Comment:
    """Add it, once for each `key`: a form sent twice adds one. The page has checked that `by` sees the request."""
    made, is_new = Comment.objects.get_or_create(
        key=key, defaults={"request": request, "text": text, "by": by, "at": now}
    )
    if is_new:
        made.named.set(named)
        names = ", ".join(str(person) for person in named)
        facts = {"named": names} if names else {}
        audit.record("approvals.request_commented", request, by=by, now=now, reason=text[:300], facts=facts)
        tell_commented(request, made, named, now=now)
    return made


audit.register(approvals__request_commented=audit.Verb(_("Commented"), "at-sign"))
