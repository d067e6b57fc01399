"""The Celery application. Task modules are imported by `portal.apps`, so that the web process knows every name too."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("trellis")
app.config_from_object("django.conf:settings", namespace="CELERY")
