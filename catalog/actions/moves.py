"""The one place that writes `MicroApp.state`."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import MicroApp
from catalog.states import AppState, Move, find
from portal import audit
from portal.models import User
from portal.states import InvalidTransition

STAMPS = {AppState.ARCHIVED: "archived_at", AppState.RETIRED: "retired_at"}


def lock(app: MicroApp) -> MicroApp:
    """The app as it is now, locked until the transaction ends."""
    return (
        MicroApp.objects.select_for_update(of=("self",))
        .select_related("owner__manager", "second_owner", "business_unit", "cost_centre")
        .get(pk=app.pk)
    )


def refuse_unless(app: MicroApp, name: str) -> Move:
    """The move `name` out of the app's state. Raises InvalidTransition with a sentence when the table has none."""
    step = find(name, app.state)
    if step is None:
        raise InvalidTransition(
            gettext("%(app)s is %(state)s by now, so this is no longer possible. Look at its page for what happened.")
            % {"app": app.name, "state": app.get_state_display().lower()}
        )
    return step


def move(app: MicroApp, name: str, *, by: User | None, now: datetime, verb: str, **details: Any) -> MicroApp:
    """Make the move `name` of the table on a locked app, with its audit entry. Raises InvalidTransition with a sentence."""
    step = refuse_unless(app, name)
    before, app.state = app.state, step.target
    app.updated_at = now
    fields = ["state", "updated_at"]
    if stamp := STAMPS.get(step.target):
        setattr(app, stamp, now)
        fields.append(stamp)
    app.save(update_fields=fields)
    changes = {"state": [before, step.target.value], **details.pop("changes", {})}
    audit.record(verb, app, by=by, now=now, changes=changes, **details)
    return app


audit.register(
    catalog__app_created=audit.Verb(_("Created"), "plus"),
    catalog__app_changed=audit.Verb(_("Changed"), "pencil"),
    catalog__app_submitted=audit.Verb(_("Sent for review"), "inbox", "info"),
    catalog__app_discarded=audit.Verb(_("Draft discarded"), "trash-2"),
    catalog__app_approved=audit.Verb(_("Approved and live"), "circle-check", "ok"),
    catalog__app_sent_back=audit.Verb(_("Sent back"), "undo-2", "warn"),
    catalog__app_flagged=audit.Verb(_("Flagged as unused"), "flag", "warn"),
    catalog__app_kept=audit.Verb(_("Kept"), "circle-check", "ok"),
    catalog__app_renewed=audit.Verb(_("Renewed"), "rotate-ccw", "ok"),
    catalog__app_archived=audit.Verb(_("Archived"), "archive", "mute"),
    catalog__app_restored=audit.Verb(_("Restored"), "archive-restore", "ok"),
    catalog__app_retired=audit.Verb(_("Retired"), "circle-pause", "mute"),
    catalog__app_unretired=audit.Verb(_("Retirement undone"), "undo-2", "info"),
    catalog__app_reflagged=audit.Verb(_("Archiving undone"), "undo-2", "info"),
)
