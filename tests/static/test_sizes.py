"""What a page may weigh on its way to the browser, compressed."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.urls import reverse

KB = 1024
HTML, CSS, JS = 15 * KB, 15 * KB, 30 * KB
LINES = 250


def weight(urls: list[str]) -> int:
    files = [Path(settings.BASE_DIR, "static", url.removeprefix(settings.STATIC_URL)) for url in urls]
    return sum(len(brotli.compress(file.read_bytes())) for file in files)


@pytest.mark.parametrize("name", ["home", "help_index", "help_shortcuts", "mfa_index"])
def test_page_keeps_its_budget(client, admin, name):
    client.force_login(admin)
    html = client.get(reverse(name)).content.decode()
    assert len(brotli.compress(html.encode())) <= HTML
    assert weight(re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)) <= CSS
    assert weight(re.findall(r'<script src="([^"]+)"', html)) <= JS


def test_style_sheets_stay_few(client, admin):
    client.force_login(admin)
    assert len(re.findall(r'rel="stylesheet"', client.get(reverse("home")).content.decode())) <= 6


@pytest.mark.parametrize("kind", ["css", "js"])
def test_no_source_file_is_over_long(kind):
    for file in Path(settings.BASE_DIR, "static", kind).iterdir():
        assert len(file.read_text().splitlines()) <= LINES, file.name
