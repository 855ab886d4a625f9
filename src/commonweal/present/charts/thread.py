"""The thread as a picture: a column a stage, a box a thing, a line from each to what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from commonweal.present import palette, typeface
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.layout import broken
from commonweal.present.guard import printable
from commonweal.present.picture_cache import key_of
from commonweal.present.svg import titled
from commonweal.present.table import DataTable

WIDTH, GAP, HEAD = 1180, 34, 34
SIZE, LINE, PAD = 14, 17, 8
BETWEEN = 12


@dataclass(frozen=True, slots=True)
class Box:
    """One thing: its column, its words, its page, and whether it is `here` (the one asked about) or `alone`."""

    column: int
    title: str
    href: str = ""
    here: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    box: Box
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


def thread_picture(
    message: Message, columns: Sequence[str], boxes: Sequence[Box], lines: Sequence[tuple[int, int]],
    table: DataTable,
) -> Chart:
    """Boxes by number; a line goes from a thing to what it answers. Empty columns are left out."""
    if not boxes:
        raise ValueError("a thread needs a thing")
    svg = _drawn(columns, boxes, lines)
    key = key_of("thread", tuple(columns), tuple(boxes), tuple(lines))
    picture = titled(svg, message, key, "cw-svg--thread").replace(' role="img"', ' role="group"', 1)
    return Chart(message.title, picture, message.sentence, message.description, table, message.source, wide=True)


def _drawn(columns: Sequence[str], boxes: Sequence[Box], lines: Sequence[tuple[int, int]]) -> str:
    used = sorted({one.column for one in boxes})
    width = (WIDTH - GAP * (len(used) - 1)) / len(used)
    width = min(width, 230)
    placed = _placed(used, boxes, lines, width)
    height = round(max(one.y + one.height for one in placed) + 6)
    whole = round(width * len(used) + GAP * (len(used) - 1)) + 2
    heads = "".join(
        f'<text x="{1 + at * (width + GAP):.0f}" y="{SIZE + 2}" font-size="{SIZE}" font-weight="bold" '
        f'fill="{palette.INK}">{escape(columns[one])}</text>' for at, one in enumerate(used))
    joined = "".join(_line(placed[later], placed[earlier]) for later, earlier in lines)
    drawn = "".join(_box(one) for one in placed)
    return (f'<svg width="{whole}" height="{height}"><g font-family={quoteattr(typeface.STACK)}>'
            f'<rect width="{whole}" height="{height}" fill="{palette.WHITE}"/>{heads}'
            f'<g fill="none" stroke-width="1.5">{joined}</g>{drawn}</g></svg>')


def _placed(
    used: list[int], boxes: Sequence[Box], lines: Sequence[tuple[int, int]], width: float
) -> list[_Placed]:
    """Each column below its heading, its boxes near the middle of what they answer."""
    letters = max(8, int((width - 2 * PAD) / (SIZE * 0.53)))
    found: dict[int, _Placed] = {}
    for at, column in enumerate(used):
        here = [number for number, box in enumerate(boxes) if box.column == column]
        middle = {one: _middle(one, lines, found, position) for position, one in enumerate(here)}
        y = float(HEAD)
        for number in sorted(here, key=lambda one: (middle[one], one)):
            words = tuple(_cut(line, letters) for line in broken(printable(boxes[number].title), letters))
            height = 2 * PAD + LINE * len(words)
            y = max(y, min(middle[number] - height / 2, y + 60)) if middle[number] else y
            found[number] = _Placed(boxes[number], words, 1 + at * (width + GAP), y, width, height)
            y += height + BETWEEN
    return [found[number] for number in range(len(boxes))]


def _cut(line: str, letters: int) -> str:
    return line if len(line) <= letters + 1 else f"{line[:letters - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _middle(one: int, lines: Sequence[tuple[int, int]], found: dict[int, _Placed], otherwise: int) -> float:
    ends = [found[earlier] for later, earlier in lines if later == one and earlier in found]
    return sum(each.y + each.height / 2 for each in ends) / len(ends) if ends else 1e-6 * otherwise


def _line(later: _Placed, earlier: _Placed) -> str:
    start, end = later.y + later.height / 2, earlier.y + earlier.height / 2
    stroke = palette.BRAND if later.box.here or earlier.box.here else palette.GREY
    if later.x == earlier.x:   # in one column: round its right side
        edge = later.x + later.width
        bend = edge + GAP * 0.7
        return (f'<path stroke="{stroke}" d="M{edge:.0f} {start:.0f}C{bend:.0f} {start:.0f} '
                f'{bend:.0f} {end:.0f} {edge:.0f} {end:.0f}"/>')
    right = earlier.x + earlier.width
    half = right + GAP / 2
    near = later.x - GAP / 2
    return (f'<path stroke="{stroke}" d="M{later.x:.0f} {start:.0f}C{near:.0f} {start:.0f} '
            f'{half:.0f} {end:.0f} {right:.0f} {end:.0f}"/>')


def _box(one: _Placed) -> str:
    fill = palette.BRAND if one.box.here else palette.WHITE
    words = palette.WHITE if one.box.here else palette.INK
    edge = (f'stroke="{palette.WARN}" stroke-width="2" stroke-dasharray="5 3"' if one.box.alone
            else f'stroke="{palette.BRAND if one.box.here else palette.INK}" stroke-width="1.25"')
    lines = "".join(
        f'<tspan x="{one.x + PAD:.0f}" y="{one.y + PAD + SIZE - 2 + LINE * at:.0f}">{escape(line)}</tspan>'
        for at, line in enumerate(one.lines))
    body = (f'<title>{escape(printable(one.box.title))}</title>'
            f'<rect x="{one.x:.0f}" y="{one.y:.0f}" width="{one.width:.0f}" height="{one.height:.0f}" rx="3" '
            f'fill="{fill}" {edge}/><text font-size="{SIZE}" fill="{words}">{lines}</text>')
    return f'<a href={quoteattr(one.box.href)} tabindex="-1">{body}</a>' if one.box.href else f"<g>{body}</g>"
