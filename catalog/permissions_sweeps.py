"""May this person release or undo a run of a sweep, or set a rule?"""

from django.utils.translation import gettext_lazy as _

from catalog.models import SweepRun
from catalog.models.sweep_run import SweepKind, SweepState
from portal.models import User
from portal.permissions import Denial, denial_to_use_console


def denial_to_release(user: User, run: SweepRun) -> Denial:
    if denial := denial_to_use_console(user):
        return denial
    if run.state != SweepState.HELD:
        return _("This run does not wait for a release.")
    if run.first_release_by_id == user.pk:
        return _("You have released it already. A second person must do so too.")
    return None


def denial_to_cancel(user: User, run: SweepRun) -> Denial:
    if denial := denial_to_use_console(user):
        return denial
    if run.state not in (SweepState.HELD, SweepState.RUNNING):
        return _("Only a run that waits or goes on can be cancelled.")
    return None


def denial_to_undo(user: User, run: SweepRun) -> Denial:
    if denial := denial_to_use_console(user):
        return denial
    if run.kind == SweepKind.PURGE:
        return _("What this sweep removed is gone. The records of the apps and their audit stay.")
    if run.state not in (SweepState.DONE, SweepState.CANCELLED):
        return _("Only a run that is over can be undone.")
    return None if run.applied else _("This run changed nothing, so there is nothing to undo.")
