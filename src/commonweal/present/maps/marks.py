"""What lies on a map besides areas: names, places people go, and the bar that says how far is far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from commonweal.present import palette, typeface
from commonweal.present.maps.model import Site
from commonweal.present.maps.projection import Projection

SYMBOLS = ("square", "circle", "triangle", "diamond", "cross", "plus")
FILLS = ("#ffdd00", "#ffffff", "#f47738", "#c9b3e6", "#ffdd00", "#ffffff")
PATHS = {
    "square": "M-{r}-{r}h{d}v{d}h-{d}z",
    "triangle": "M0-{r}l{r} {d}h-{d}z",
    "diamond": "M0-{r}l{r} {r}l-{r} {r}l-{r}-{r}z",
    "cross": "M-{r}-{r}l{d} {d}M{r}-{r}l-{d} {d}",
    "plus": "M0-{r}v{d}M-{r} 0h{d}",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be written at a point; larger areas are named first."""

    text: str
    x: float
    y: float
    weight: float


def words(x: float, y: float, text: str, *, size: float, **look: str) -> str:
    """Text on the picture."""
    more = "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in look.items())
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{typeface.STACK}" font-size="{size:g}"{more}>'
        f"{escape(text)}</text>"
    )


def names(found: Sequence[Name], *, size: float, most: int, width: float) -> str:
    """The names that fit, largest areas first, on a white ground; none covers another or leaves the picture."""
    taken: list[tuple[float, float, float, float]] = []
    written: list[str] = []
    for name in sorted(found, key=lambda name: -name.weight):
        half = len(name.text) * size * 0.29
        box = (name.x - half, name.y - size * 0.8, name.x + half, name.y + size * 0.4)
        clash = any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
        if clash or box[0] < 0 or box[2] > width or len(written) >= most:
            continue
        taken.append(box)
        look = {"text_anchor": "middle", "fill": palette.INK, "stroke": palette.WHITE, "stroke_width": "3.5",
                "stroke_linejoin": "round", "paint_order": "stroke", "font_weight": "700"}
        written.append(words(name.x, name.y + size * 0.3, name.text, size=size, **look))
    return "".join(written)


def symbol(kind: int, x: float, y: float, radius: float) -> str:
    """The symbol of the kind with this number, at a point."""
    shape, fill = SYMBOLS[kind % len(SYMBOLS)], FILLS[kind % len(FILLS)]
    look = f'fill="{fill}" stroke="{palette.INK}" stroke-width="1.6"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {look}/>'
    drawn = PATHS[shape].format(r=f"{radius:g}", d=f"{radius * 2:g}")
    return f'<path transform="translate({x:.1f},{y:.1f})" d="{drawn}" {look}/>'


def kinds_of(sites: Sequence[Site]) -> dict[str, int]:
    """Each kind of site and the number of its symbol, in the order given."""
    return {kind: number for number, kind in enumerate(dict.fromkeys(site.kind for site in sites))}


def site_marks(sites: Sequence[Site], projection: Projection, radius: float) -> str:
    """Every site with its name, so that pointing at it tells what it is."""
    numbers = kinds_of(sites)
    drawn = []
    for site in sites:
        x, y = projection.place(site.lon, site.lat)
        mark = symbol(numbers[site.kind], x, y, radius)
        drawn.append(f"<g><title>{escape(f'{site.name} ({site.kind.lower()})')}</title>{mark}</g>")
    return "".join(drawn)


def scale_bar(projection: Projection, *, x: float, y: float, size: float) -> str:
    """A bar of a round number of kilometres, about a fifth of the picture."""
    wanted = projection.width / 5 / projection.pixels_a_kilometre
    length = max((step for step in (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100) if step <= wanted), default=0.25)
    pixels = length * projection.pixels_a_kilometre
    text = f"{length:g} km"
    look = f'fill="none" stroke="{palette.INK}" stroke-width="1.4"'
    bar = f'<path d="M{x:.1f} {y - 4:.1f}v4h{pixels:.1f}v-4" {look}/>'
    return bar + words(x + pixels + 6, y + 1, text, size=size, fill=palette.GREY_DARK)
