"""The picture of a badge, as SVG and as PNG of the same look. Colours by level; its title says in words what it is."""

import io
from dataclasses import dataclass
from math import cos, pi, sin
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

SIZE = 512


@dataclass(frozen=True)
class Palette:
    outer: str
    inner: str
    accent: str


PALETTES = {
    1: Palette("#0b5d57", "#0f766e", "#99e6d8"),
    2: Palette("#2f3f9e", "#4353c4", "#c3cbff"),
    3: Palette("#7a3b06", "#9a4f0c", "#ffd9a8"),
}


def outline(radius: float, bumps: int = 16, depth: float = 12) -> list[tuple[float, float]]:
    """A seal with soft bumps around the middle."""
    steps = bumps * 8
    points = []
    for step in range(steps):
        angle = 2 * pi * step / steps
        reach = radius + depth * cos(bumps * angle)
        points.append((SIZE / 2 + reach * sin(angle), SIZE / 2 - 24 - reach * cos(angle)))
    return points


def chevrons(level: int) -> list[list[tuple[float, float]]]:
    """One chevron for each level, below the middle."""
    marks: list[list[tuple[float, float]]] = []
    for number in range(level):
        y = 300 - number * 30
        marks.append([(206, y), (256, y - 30), (306, y), (306, y + 16), (256, y - 14), (206, y + 16)])
    return marks


def lines_of(title: str) -> list[str]:
    """The title in at most two lines."""
    words = title.split()
    if len(title) <= 14 or len(words) == 1:
        return [title]
    half = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return [" ".join(words[:half]), " ".join(words[half:])]


def svg(title: str, level: int, issuer: str) -> str:
    colours = PALETTES.get(level, PALETTES[1])
    points = lambda found: " ".join(f"{x:.1f},{y:.1f}" for x, y in found)  # noqa: E731
    lines = lines_of(title)
    size = 46 if max(map(len, lines)) <= 11 else 34
    texts = "".join(
        f'<text x="256" y="{150 + number * (size + 4) - (len(lines) - 1) * 14}" font-size="{size}" font-weight="700">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    )
    marks = "".join(f'<polygon points="{points(one)}" fill="{colours.accent}"/>' for one in chevrons(level))
    label = escape(f"{title}, {issuer}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-labelledby="badge-title">'
        f'<title id="badge-title">{label}</title>'
        f'<polygon points="176,330 136,500 206,462 236,500 256,380" fill="{colours.outer}"/>'
        f'<polygon points="336,330 376,500 306,462 276,500 256,380" fill="{colours.outer}"/>'
        f'<polygon points="{points(outline(206))}" fill="{colours.outer}"/>'
        f'<circle cx="256" cy="232" r="178" fill="{colours.inner}" stroke="{colours.accent}" stroke-width="5"/>'
        f'<g fill="#ffffff" font-family="system-ui, sans-serif" text-anchor="middle">{texts}'
        f'<text x="256" y="362" font-size="20" fill="{colours.accent}">{escape(issuer[:24])}</text></g>{marks}</svg>'
    )


def png(title: str, level: int, issuer: str) -> bytes:
    colours = PALETTES.get(level, PALETTES[1])
    scale = 2  # drawn larger and made smaller: smooth edges
    image = Image.new("RGBA", (SIZE * scale, SIZE * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    grown = lambda found: [(x * scale, y * scale) for x, y in found]  # noqa: E731
    for side in ([(176, 330), (136, 500), (206, 462), (236, 500), (256, 380)],
                 [(336, 330), (376, 500), (306, 462), (276, 500), (256, 380)]):  # fmt: skip
        draw.polygon(grown(side), fill=colours.outer)
    draw.polygon(grown(outline(206)), fill=colours.outer)
    box = [(256 - 178) * scale, (232 - 178) * scale, (256 + 178) * scale, (232 + 178) * scale]
    draw.ellipse(box, fill=colours.inner, outline=colours.accent, width=5 * scale)
    lines = lines_of(title)
    size = 46 if max(map(len, lines)) <= 11 else 34
    for number, line in enumerate(lines):
        y = 134 + number * (size + 4) - (len(lines) - 1) * 14
        draw.text((256 * scale, y * scale), line, "white", ImageFont.load_default(size * scale), anchor="mm")
    draw.text((256 * scale, 355 * scale), issuer[:24], colours.accent, ImageFont.load_default(20 * scale), anchor="mm")
    for mark in chevrons(level):
        draw.polygon(grown(mark), fill=colours.accent)
    out = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
