"""Inventories that nobody of the project wrote; skipped where they are not at hand."""

from pathlib import Path

import pytest
from django.conf import settings

from catalog.actions import import_runs, imports
from catalog.models import Discovery, ImportRow
from tests.makers.catalog import NOW

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
BESIDE = Path(settings.BASE_DIR).parent.parent / "shared" / "data"  # of a checkout one folder deeper
FILES = [
    ("csv", "inventory/us-federal-ai-use-cases-2023.csv", 710),
    ("csv", "inventory/dotgov-current-federal.csv", 1321),
    ("power_platform", "inventory/pnp-powerapps-samples.json", 35),
    ("backstage", "catalog-info/home-ops/*.yaml", 38),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "pattern", "count"), FILES)
def test_every_row_of_a_real_file_ends_somewhere_and_only_once(staff, kind, pattern, count):
    base = DATA if DATA.exists() else BESIDE
    paths = sorted(base.glob(pattern))
    if not paths:
        pytest.skip(f"no {pattern} in shared/data")
    files = [(path.name, path.read_bytes()) for path in paths]

    def take():
        return imports.upload(kind=kind, files=files, source_system="real", by=staff, now=NOW)

    run = take()
    dry = import_runs.process(run, dry=True, by=staff, now=NOW)
    assert not Discovery.objects.exists()
    real = import_runs.process(run, dry=False, by=staff, now=NOW)
    assert real == dry
    assert sum(real.values()) == count
    assert Discovery.objects.count() == real["discovery"]
    assert not ImportRow.objects.filter(outcome__in=["refused", "discovery"], sentence="").exists()
    again = import_runs.process(take(), dry=False, by=staff, now=NOW)
    assert again == {k: v for k, v in {"unchanged": real["discovery"], "refused": real.get("refused", 0)}.items() if v}
