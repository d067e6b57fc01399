"""Every pair of tokens that meets on a page keeps its contrast, in both themes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR, "static", "css", "tokens.css").read_text()
COLOURS = {m[1]: (m[2], m[3]) for m in re.finditer(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS)}
TEXT, GRAPHIC = 4.5, 3.0
TEXT_PAIRS = """
    ink:bg ink:surface ink:raised ink:sunken ink:hover ink:brand-soft ink:ok-bg ink:warn-bg ink:bad-bg ink:info-bg
    ink-2:bg ink-2:surface ink-2:side ink-2:hover ink-2:sunken ink-2:mute-bg ink-2:brand-soft
    ink-3:bg ink-3:surface ink-3:raised ink-3:side ink-3:sunken ink-3:hover
    brand-ink:surface brand-ink:bg brand-ink:side brand-ink:raised brand-ink:brand-soft on-brand:brand on-brand:brand-hover
    ok:ok-bg warn:warn-bg bad:bad-bg info:info-bg mute:mute-bg ok:surface warn:surface bad:surface bad:bg bad:raised
    on-danger:danger on-danger:danger-hover ink:selection
"""
GRAPHIC_PAIRS = """
    line-strong:surface line-strong:bg line-strong:side focus:bg focus:surface focus:side focus:raised star:surface brand:surface
    s1:surface s2:surface s3:surface k-dashboard:surface k-approval:surface k-form:surface k-chatbot:surface
    k-checklist:surface k-tracker:surface
"""


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pair", "least"),
    [*((pair, TEXT) for pair in TEXT_PAIRS.split()), *((pair, GRAPHIC) for pair in GRAPHIC_PAIRS.split())],
)
def test_pair_is_readable(pair, least, theme):
    front, back = pair.split(":")
    assert contrast(COLOURS[front][theme], COLOURS[back][theme]) >= least


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", ["s1:s2", "s2:s3", "s1:s3"])
def test_chart_series_stay_apart_in_greyscale(pair, theme):
    one, other = pair.split(":")
    assert contrast(COLOURS[one][theme], COLOURS[other][theme]) >= 1.5


def test_the_formula_knows_black_on_white():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
