"""All sweeps by kind, in the order they run on a day."""

import catalog.notifications.lifecycle
import catalog.notifications.sweeps  # noqa: F401  (registers the wordings)
from catalog.models.sweep_run import SweepKind
from catalog.sweeps import escalate, expire, orphan, purge, remind, retire, stale, unanswered
from catalog.sweeps.base import Sweep

IN_ORDER = (orphan, remind, expire, stale, escalate, unanswered, retire, purge)
SWEEPS: dict[str, Sweep] = {module.SWEEP.kind: module.SWEEP for module in IN_ORDER}
assert list(SWEEPS) == SweepKind.values  # a kind without a sweep would never run
