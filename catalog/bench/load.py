"""Synthetic apps, made by the database itself from number series: the same rows for the same size."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection

from portal.models import User
from portal.models.user import Role

PEOPLE, UNITS, CENTRES, CONNECTORS = 2_000, 40, 80, 12
NOUNS = "inventory shift invoice returns visitor travel budget training supplier energy safety contract campaign quality stock"
KINDS = "tracker approval checklist dashboard form helper planner register log board"
SQL = Path(__file__).parent


def load(apps: int, *, usage: bool) -> User:
    """Fill the database with `apps` apps and their house; returns a member of staff to sign in as."""
    sizes = {"apps": apps, "people": PEOPLE, "units": UNITS, "centres": CENTRES, "connectors": CONNECTORS}
    numbers: dict[str, Any] = {**sizes, "nouns": NOUNS.split(), "kinds": KINDS.split()}
    with connection.cursor() as cursor:
        for script in ("apps.sql", *(["usage.sql"] if usage else [])):
            for statement in filter(str.strip, (SQL / script).read_text().split(";\n")):
                cursor.execute(statement, numbers)
        cursor.execute("VACUUM ANALYZE")
    staff = User.objects.create_user("staff@bench.example", None, name="Bench staff", is_staff=True)
    staff.groups.add(Group.objects.get_or_create(name=Role.STAFF.value)[0])
    return staff
