"""Import files for tests, and runs made of them."""

import csv
import io
from datetime import datetime
from typing import Any

from catalog.actions import imports
from catalog.models import ImportRun
from portal.models import User
from tests.makers.catalog import NOW

COLUMNS = (
    "App ID", "App name", "Purpose", "Business justification", "Owner email", "Second owner email", "Contact email",
    "Business unit", "Cost centre", "Data classification", "Users", "Service level", "Connectors", "External hosts",
    "Depends on",
)  # fmt: skip
WHOLE = {
    "App ID": "a-1",
    "App name": "Shift swap",
    "Purpose": "Colleagues trade shifts.",
    "Business justification": "Saves an hour a week in each store.",
    "Owner email": "priya.nair@example.org",
    "Second owner email": "Tomas Ruiz",
    "Contact email": "stores@example.org",
    "Business unit": "Retail",
    "Cost centre": "410220",
    "Data classification": "Internal",
    "Users": "1,200",
    "Service level": "best effort",
    "Connectors": "none",
    "External hosts": "none",
    "Depends on": "none",
}


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, **options: Any) -> bytes:
    """A CSV file; each row is a whole one with these changes."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, **options)
    writer.writeheader()
    writer.writerows({name: {**WHOLE, **row}.get(name, "") for name in columns} for row in rows)
    return text.getvalue().encode()


def whole_rows(count: int) -> list[dict[str, str]]:
    return [{"App ID": f"a-{i}", "App name": f"App number {i}"} for i in range(1, count + 1)]


def uploaded(content: bytes, by: User, *, kind: str = "csv", now: datetime = NOW, name: str = "apps.csv") -> ImportRun:
    return imports.upload(kind=kind, files=[(name, content)], source_system="inventory", by=by, now=now)
