"""Plans, reasons and notes in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import SweepRun

ACTIONS = {
    "refresh": gettext_lazy("Refresh figures"),
    "owner": gettext_lazy("Give to a new owner"),
    "second": gettext_lazy("Give a new second owner"),
    "remind": gettext_lazy("Remind"),
    "archive": gettext_lazy("Archive"),
    "flag": gettext_lazy("Flag as unused"),
    "escalate": gettext_lazy("Ask second owner and manager"),
    "close": gettext_lazy("Close the flag"),
    "retire": gettext_lazy("Retire"),
    "purge": gettext_lazy("Remove heavy data"),
}
NOTES = {
    "exempt": gettext_lazy("Exempt from sweeps, so it is left alone."),
    "unknown": gettext_lazy("Use is not known, so it is left alone."),
    "nobody": gettext_lazy("Nobody can take it on: no second owner, manager or C4E staff is here."),
    "changed": gettext_lazy("It changed after the plan was written, so it was left alone."),
    "kept": gettext_lazy("Somebody changed it after the sweep, so the undo left it as it is."),
}
WHY = {
    "refresh": gettext_lazy("People in 30 days: %(users)s, last seen on %(day)s."),
    "owner": gettext_lazy("%(owner_name)s is no longer here. %(heir_name)s takes it on."),
    "second": gettext_lazy("%(second_name)s is no longer here. %(new_second_name)s becomes second owner."),
    "remind": gettext_lazy("Its term ends on %(ends_on)s; without an answer it is archived on %(archive_on)s."),
    "expire.archive": gettext_lazy("Its term ended on %(ends_on)s, and %(grace)s days of grace are over."),
    "flag": gettext_lazy(
        "At most %(most)s people in %(window)s days, %(threshold)s would be enough; collectors complete until "
        "%(complete_until)s."
    ),
    "escalate": gettext_lazy("Flagged on %(flagged_on)s, no answer in %(days)s days."),
    "close": gettext_lazy("At least %(fewest)s people in %(window)s days: use was seen again."),
    "unanswered.archive": gettext_lazy(
        "Flagged on %(flagged_on)s, no answer in %(days)s days, and still at most %(most)s people in %(window)s days."
    ),
    "retire": gettext_lazy("Archived on %(archived_on)s; one-click restore ended on %(restore_until)s."),
    "purge": gettext_lazy("Retired on %(retired_on)s, %(days)s days to undo it are over."),
}


class Said(dict[str, Any]):
    """Facts as they read: what is missing is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def action_label(action: str) -> str:
    return str(ACTIONS.get(action, action))


def why(kind: str, action: str, facts: Mapping[str, Any]) -> str:
    """Why this app is in the plan, as a sentence."""
    words = WHY.get(f"{kind}.{action}") or WHY.get(action)
    known = Said({key: "–" if value is None else value for key, value in facts.items()})
    return str(words) % known if words else ""


def note_text(note: str) -> str:
    return str(NOTES.get(note, note))


def reason_text(run: SweepRun) -> str:
    """Why a run was held or refused."""
    return say_reason(run.reason)


def say_reason(kept: str) -> str:
    if not kept.startswith("{"):
        return kept
    facts = json.loads(kept)
    if facts["code"] == "incomplete":
        names = ", ".join(
            _("%(label)s (complete until %(day)s)") % {"label": label, "day": day} for label, day in facts["collectors"]
        )
        return _("Refused: %(names)s. Data until %(needed)s are needed, and missing data never counts as no use.") % {
            "names": names,
            "needed": facts["needed_until"],
        }
    if facts["code"] == "no_collector":
        return _("Refused: no collector reports on use, so nothing is known.")
    return _(
        "The plan archives %(planned)s apps, and sweeps archived %(lately)s in the last day. More than %(cap)s need the "
        "word of two people."
    ) % {"planned": facts["planned"], "lately": facts["lately"], "cap": facts["cap"]}
