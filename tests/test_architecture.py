"""The house rules that a program can check."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django_migration_linter import MigrationLinter
from importlinter.application.use_cases import lint_imports
from importlinter.cli import configuration
from packaging.requirements import Requirement

from portal.local.home import ROOT

PACKAGES = ("portal", "approvals", "training", "catalog")
LONG, TOO_LONG = 250, 300
# Between the two limits only with a reason: settings are read in one piece, in the order Django documents them.
MAY_BE_LONG = {"portal/settings.py"}
INDEX_ADDRESS = re.compile(
    r"(--(extra-)?index-url|--find-links|pythonhosted\.org|/simple/[\w-]|registry\.npm|pypi\.org)", re.I
)


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files() -> Iterator[Path]:
    for folder in (*PACKAGES, "tests"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def test_packages_and_their_modules_import_downwards_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    configuration.configure()
    assert lint_imports(cache_dir=None), "see the captured report"


def test_no_file_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: n for name, n in lengths.items() if n > TOO_LONG} == {}
    assert {name for name, n in lengths.items() if n > LONG} <= MAY_BE_LONG


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("label", PACKAGES)
def test_no_migration_locks_or_breaks_a_running_site(label: str) -> None:
    """All but the ones that make an app's tables out of nothing."""
    folder = Path(apps.get_app_config(label).path)
    linter = MigrationLinter(
        str(folder), include_apps=[label], no_cache=True, ignore_initial_migrations=True, quiet=["ok", "ignore"]
    )
    linter.lint_all_migrations()
    assert not linter.has_errors, "see the captured report"


def test_no_tracked_file_names_a_package_index() -> None:
    found = []
    for name in tracked():
        if name != "tests/test_architecture.py" and not name.startswith("static/vendor/"):
            text = (ROOT / name).read_text(errors="ignore")
            found += [f"{name}: {match[0]}" for match in INDEX_ADDRESS.finditer(text)]
    assert found == []


def pins() -> dict[str, str]:
    lines = re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", (ROOT / "requirements.txt").read_text(), re.M)
    return {name.lower().replace("_", "-"): version for name, version in lines}


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"].values()
    plain = [entry for group in groups for entry in group if isinstance(entry, str)]
    return [Requirement(text) for text in (*project["project"]["dependencies"], *plain)]


@pytest.mark.parametrize("requirement", wanted(), ids=lambda requirement: requirement.name)
def test_the_locked_version_satisfies_the_project(requirement: Requirement) -> None:
    assert requirement.specifier.contains(pins()[requirement.name.lower().replace("_", "-")])


def test_every_locked_package_has_its_hashes() -> None:
    text = (ROOT / "requirements.txt").read_text()
    entries = re.split(r"^(?=\S)", text, flags=re.M)
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []
