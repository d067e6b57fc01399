"""The reader of each kind of file."""

from collections.abc import Iterator

from catalog.importing import backstage, csv_file, manifests, power_platform
from catalog.importing.columns import Mapping, found_in
from catalog.importing.found import Found
from catalog.importing.tables import Table

TABLES = {"csv": csv_file.read, "power_platform": power_platform.read}
DOCUMENTS = {"backstage": backstage.read, "manifest": manifests.read}


def table(kind: str, content: bytes, encoding: str = "") -> Table:
    """The table of a kind that has columns. Raises BadFile."""
    return TABLES[kind](content, encoding)


def read(kind: str, content: bytes, *, encoding: str = "", mapping: Mapping | None = None) -> Iterator[Found]:
    """Everything found in a file of apps, in order. Raises BadFile, maybe midway."""
    mapping = mapping or Mapping()
    if kind in TABLES:
        yield from found_in(table(kind, content, encoding).rows, mapping)
        return
    for found in DOCUMENTS[kind](content, encoding):
        if not found.refusal:
            found.values = {**mapping.fixed, **found.values}
        yield found
