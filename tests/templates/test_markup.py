"""What every template keeps: nothing inline, no icon that is not drawn, nothing that a strict policy would block."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.icons import NAMES

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".svg"))
MAIL = {ROOT / "templates/layouts/email.html"}  # mail programs read no style sheet
SPRITE = (ROOT / "static/icons.svg").read_text()
PYTHON = [path for package in ("portal", "approvals", "training", "catalog") for path in (ROOT / package).rglob("*.py")]
IN_TAG = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")
AS_ARGUMENT = re.compile(r"""\b(?:glyph|icon)=["']([\w-]+)["']""")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path):
    text = path.read_text()
    if path in MAIL:
        return
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[^>]*\son\w+\s*=", text)
    assert not re.search(r"<[^>]*\shx-on", text)
    assert "javascript:" not in text
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_icons_are_drawn(path):
    text = path.read_text()
    used = set(IN_TAG.findall(text)) | set(AS_ARGUMENT.findall(text))
    assert used <= set(NAMES)


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_icons_named_in_code_are_drawn(path):
    assert set(AS_ARGUMENT.findall(path.read_text())) <= set(NAMES)


def test_the_sprite_holds_the_names():
    assert set(re.findall(r'<symbol id="([\w-]+)"', SPRITE)) == set(NAMES)
