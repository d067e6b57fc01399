"""Board reports: the board's page kept as it was, by a person or for each new month by the portal."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import audit
from portal.models import BoardSnapshot, BusinessUnit, User
from portal.notifications import notify
from portal.notifications_board import REPORT


@transaction.atomic
def keep(content: dict[str, Any], *, unit: BusinessUnit | None, by: User | None, now: datetime) -> BoardSnapshot:
    """The page as a report with a number of its own."""
    number = f"B-{now:%Y%m%d}-{secrets.token_hex(3).upper()}"
    made = BoardSnapshot.objects.create(
        number=number, span=content["span_key"], business_unit=unit, content=content, at=now, by=by
    )
    audit.record("portal.board_report_made", made, by=by, now=now, facts={"period": content["span_key"]})
    return made


def tell(made: BoardSnapshot, people: list[User], *, now: datetime) -> None:
    """Everyone on the board is told of the month's report, in their digest."""
    for person in people:
        params = {"period": made.content["span"], "met": made.content["met"], "needs": made.content["needs"]}
        notify(
            person, REPORT, key=f"{REPORT}:{made.span}", url=made.get_absolute_url(), params=params, thing=made, now=now
        )


audit.register(portal__board_report_made=audit.Verb(_("Board report made"), "file-text"))
