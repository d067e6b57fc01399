"""The floor every other package stands on: settings, people and business units, audit, jobs, notifications, search,
the page shell and the `manage.py` commands. It imports none of the other three; it names them only as strings."""

from .celery import app as celery_app

__all__ = ["celery_app"]
