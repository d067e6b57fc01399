"""The states of a request and the moves between them; the documents' diagram is printed from this table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class RequestState(models.TextChoices):
    SUBMITTED = "submitted", _("Waiting for a decision")
    RETURNED = "returned", _("Sent back for changes")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (RequestState.SUBMITTED, RequestState.RETURNED)

TRANSITIONS: Transitions = {
    RequestState.SUBMITTED: frozenset(
        {RequestState.APPROVED, RequestState.RETURNED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
    RequestState.RETURNED: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.APPROVED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}
