"""The policy engine of this process: an OPA server when the settings name one, else the one in a child process."""

import atexit
from functools import cache

from django.conf import settings

from approvals.engine.embedded import Embedded
from approvals.engine.interface import Checked, Engine, Module, PolicyError, PolicySet, Verdict
from approvals.engine.opa import OpaServer

__all__ = ["Checked", "Engine", "Module", "PolicyError", "PolicySet", "Verdict", "engine"]


@cache
def engine() -> Engine:
    """Made once and kept: starting it costs more than thousands of checks."""
    embedded = Embedded()
    atexit.register(embedded.close)
    if settings.TRELLIS_OPA_URL:
        return OpaServer(settings.TRELLIS_OPA_URL, embedded, settings.TRELLIS_OPA_TOKEN)
    return embedded
