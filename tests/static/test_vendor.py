"""What browsers run is what was vendored, to the byte, with its licence beside it."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = json.loads((ROOT / "static/vendor/vendor.json").read_text())
FILES = [(name, pin["sha256"]) for package in PACKAGES for name, pin in package["files"].items()]


@pytest.mark.parametrize(("name", "digest"), FILES, ids=[name for name, _ in FILES])
def test_file_is_the_one_that_was_vendored(name, digest):
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest


def test_no_file_came_another_way():
    found = {
        path for folder in ("static/vendor", "tests/vendor") for path in (ROOT / folder).rglob("*") if path.is_file()
    }
    assert found == {ROOT / name for name, _ in FILES} | {ROOT / "static/vendor/vendor.json"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_package_has_version_and_licence(package):
    assert package["version"]
    assert package["licence"]
    assert any("LICENSE" in name for name in package["files"])
