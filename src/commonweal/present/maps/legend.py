"""What the shades and symbols of a map mean, in words under it."""

from __future__ import annotations

from collections.abc import Sequence

from commonweal.present import palette
from commonweal.present.charts.layout import broken
from commonweal.present.maps import marks
from commonweal.present.maps.model import Scale, Site

BAR = 18
LEAST_LETTERS = 12  # words beneath a shade are readable from this many letters a line


def shade(scale: Scale, place: int) -> str:
    """The colour of a band, counted from the greatest need; fewer bands keep the ends of the scale."""
    if scale.colours:
        return scale.colours[place]
    count = len(scale.bands)
    if count == len(palette.NEED):
        return palette.NEED[place]
    return palette.NEED[round(place * (len(palette.NEED) - 1) / max(count - 1, 1))]


def legend(scale: Scale, *, sites: Sequence[Site], missing: str, width: float, size: float) -> tuple[str, float]:
    """The legend and its height: the title, a bar of shades with words, then hatching and symbols."""
    drawn: list[str] = []
    y = size
    for line in broken(scale.title, int(width / size / 0.52)):
        drawn.append(marks.words(0, y, line, size=size, font_weight="700", fill=palette.INK))
        y += size * 1.3
    y += 2 - size * 0.5
    side_by_side = width / len(scale.bands) > LEAST_LETTERS * size * 0.5
    bar, tall = _bar(scale, width, y, size) if side_by_side else _rows(scale, width, y, size)
    drawn.append(bar)
    y += tall
    rest, tall = _keys((scale.missing, missing), sites, (width, y, size))
    return "".join([*drawn, rest]), y + tall


def _bar(scale: Scale, width: float, y: float, size: float) -> tuple[str, float]:
    """Shades side by side, each with its words beneath."""
    step = width / len(scale.bands)
    drawn, most = [], 1
    for place, band in enumerate(scale.bands):
        x = place * step
        drawn.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{step:.1f}" height="{BAR}" fill="{shade(scale, place)}" '
            f'stroke="{palette.GREY}" stroke-width="0.6"/>'
        )
        letters = max(6, int((step - 6) / size / 0.5))
        lines = [line for words in (band.label, band.note) if words for line in broken(words, letters)]
        most = max(most, len(lines))
        drawn += [
            marks.words(x + 1, y + BAR + size * (1.1 + 1.2 * at), line, size=size, fill=palette.INK)
            for at, line in enumerate(lines)
        ]
    return "".join(drawn), BAR + size * (0.6 + 1.2 * most) + 4


def _rows(scale: Scale, width: float, y: float, size: float) -> tuple[str, float]:
    """Shades one below another with their words beside them, where a phone leaves no room side by side."""
    drawn, tall = [], 0.0
    for place, band in enumerate(scale.bands):
        words = f"{band.label}: {band.note}" if band.label and band.note else band.label or band.note
        lines = broken(words, int((width - 36) / size / 0.52))
        drawn.append(
            f'<rect x="0" y="{y + tall:.1f}" width="28" height="{BAR}" fill="{shade(scale, place)}" '
            f'stroke="{palette.GREY}" stroke-width="0.6"/>'
        )
        drawn += [
            marks.words(36, y + tall + size * (0.95 + 1.2 * at), line, size=size, fill=palette.INK)
            for at, line in enumerate(lines)
        ]
        tall += max(BAR + 4, size * 1.2 * len(lines) + 4)
    return "".join(drawn), tall + 4


def _keys(
    hatching: tuple[str, str], sites: Sequence[Site], room: tuple[float, float, float]
) -> tuple[str, float]:
    """Hatching, where anything is missing, and each kind of site with how many there are."""
    width, y, size = room
    words, missing = hatching
    keys: list[tuple[str, str]] = []
    if missing:
        box = (f'<rect transform="scale(.1)" y="-70" width="200" height="140" fill="url(#{missing})" '
               f'stroke="{palette.GREY}" stroke-width="10"/>')
        keys.append((box, words))
    for kind, number in marks.kinds_of(sites).items():
        count = sum(site.kind == kind for site in sites)
        keys.append((marks.symbol(number, 10, 0, 5.5), f"{kind} ({count})"))
    x, drawn, tall = 0.0, [], 0.0
    for mark, text in keys:
        wide = 28 + len(text) * size * 0.55 + 20
        if x and x + wide > width:
            x, tall = 0.0, tall + size * 1.7
        drawn.append(f'<g transform="translate({x:.1f},{y + tall + 14:.1f})">{mark}'
                     + marks.words(28, size * 0.35, text, size=size, fill=palette.INK) + "</g>")
        x += wide
    return "".join(drawn), (tall + 28) if keys else 0.0
