"""Apps found outside the catalog: the inventory file of the demo, brought in as any file is."""

from datetime import datetime

from catalog.actions import import_runs, imports
from catalog.demo.company import DATA
from catalog.models.import_run import ImportKind, ImportState
from portal.models import User

FILE = DATA / "inventory.csv"


def load(by: User, now: datetime) -> None:
    """A dry run, then for real; most rows lack parts of the contract and are kept as discoveries."""
    run = imports.upload(
        kind=ImportKind.CSV, files=[(FILE.name, FILE.read_bytes())], source_system="tenant-inventory", by=by, now=now
    )
    for state, dry, end in (
        (ImportState.CHECKING, True, ImportState.CHECKED),
        (ImportState.APPLYING, False, ImportState.APPLIED),
    ):
        imports.begin(run, state)
        counts = import_runs.process(run, dry=dry, by=by, now=now)
        imports.finish(run, end, counts=counts, by=by, now=now)
        run.refresh_from_db()
