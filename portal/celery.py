"""The Celery application. Task modules are imported by `portal.apps`, so that the web process knows every name too."""

import os
import signal

from celery import Celery
from celery.signals import worker_process_init

from portal.local.child import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("trellis")
app.config_from_object("django.conf:settings", namespace="CELERY")


@worker_process_init.connect
def end_with_the_worker(**_facts: object) -> None:
    """The kernel ends a pool process with its worker: without one nobody collects what it does, and its job is given anew."""
    die_with_parent(signal.SIGKILL)
