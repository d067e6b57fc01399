"""How a micro app stands in a list of the records behind a figure."""

from typing import Any

from django.utils.translation import gettext as _

from catalog.models import MicroApp
from portal.kpis import Record


def app_record(app: MicroApp, *facts: Any) -> Record:
    return Record(app.name, app.get_absolute_url(), facts)


def yes_no(part: Any) -> str:
    """Whether the row counts as a part."""
    return _("yes") if part else _("no")
