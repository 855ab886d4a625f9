"""A chain of steps as a layered graph: causes above, effects below, each link marked by how far it is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered
from commonweal.present.table import DataTable

ROW, BOX = 130, 66


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A link between two steps by their numbers, its mark, and whether it is the weakest."""

    before: int
    after: int
    mark: str
    weakest: bool


def chain(message: Message, steps: tuple[str, ...], links: tuple[ChainLink, ...], table: DataTable) -> Chart:
    """Steps by number and their links, which must not run in a circle."""
    if not steps:
        raise ValueError("a chain needs a step")
    rows = layers_of(len(steps), [(one.before, one.after) for one in links])
    return drawn(message, Drawing(
        values=("chain", steps, links), build=lambda frame: _build(steps, links, rows, frame), table=table,
    ))


def layers_of(count: int, links: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Rows of steps: each below all that lead to it, and near the middle of them."""
    level = [0] * count
    for turn in range(count + 1):
        moved = False
        for before, after in links:
            if level[after] <= level[before]:
                level[after], moved = level[before] + 1, True
        if not moved:
            break
        if turn == count:
            raise ValueError("the links run in a circle")
    rows: list[tuple[int, ...]] = []
    place: dict[int, float] = {}
    for depth in range(max(level, default=0) + 1):
        here = [one for one in range(count) if level[one] == depth]
        middle = {one: _middle([place[a] for a, b in links if b == one and a in place], at)
                  for at, one in enumerate(here)}
        here.sort(key=lambda one: (middle[one], one))
        place |= {one: (at + 0.5) / len(here) for at, one in enumerate(here)}
        rows.append(tuple(here))
    return tuple(rows)


def _middle(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _build(
    steps: tuple[str, ...], links: tuple[ChainLink, ...], rows: tuple[tuple[int, ...], ...], frame: Frame
) -> Spec:
    half = min(95.0, frame.width / (2 * max(len(row) for row in rows)) - 6)
    where = {
        one: (frame.width * (at + 0.5) / len(row), ROW * depth + BOX / 2 + 4)
        for depth, row in enumerate(rows) for at, one in enumerate(row)
    }
    letters = max(6, int(2 * half / (frame.size * 0.56)))
    boxes: list[Spec] = [
        {"x": x - half, "x2": x + half, "y": y - BOX / 2, "y2": y + BOX / 2, "mx": x,
         "my": y - (len(words) - 1) * (frame.size + 3) / 2, "text": words}
        for one, (x, y) in where.items() for words in (layout.broken(steps[one], letters),)
    ]
    arrows = [_arrow(where[one.before], where[one.after], one) for one in links]
    x, y = _axis("x", frame.width), _axis("y", ROW * len(rows))
    to = {"x2": field("x2"), "y2": field("y2")}
    colour = field("colour:N", scale=None)
    marks = [
        layer(arrows, {"type": "rule", "strokeWidth": 2}, {"x": x, "y": y, **to, "color": colour}),
        layer(arrows, {"type": "point", "shape": "triangle-up", "filled": True, "size": 90, "opacity": 1},
              {"x": _axis("x2", frame.width), "y": _axis("y2", ROW * len(rows)), "color": colour,
               "angle": field("turn:Q", scale=None)}),
        layer(arrows, {"type": "point", "filled": True, "size": 420, "opacity": 1, "color": palette.WHITE},
              {"x": _axis("mx", frame.width), "y": _axis("my", ROW * len(rows))}),
        layer(arrows, {"type": "text", "fontWeight": "bold"},
              {"x": _axis("mx", frame.width), "y": _axis("my", ROW * len(rows)), "text": field("mark:N"),
               "color": colour}),
        layer(boxes, {"type": "rect", "fill": palette.WHITE, "stroke": palette.INK, "strokeWidth": 1.5},
              {"x": x, "y": y, **to}),
        layer(boxes, {"type": "text", "baseline": "middle", "lineHeight": frame.size + 3},
              {"x": _axis("mx", frame.width), "y": _axis("my", ROW * len(rows)), "text": field("text")}),
    ]
    return layered(marks, width=frame.width, height=ROW * len(rows) - ROW + BOX + 8)


def _arrow(start: tuple[float, float], end: tuple[float, float], link: ChainLink) -> Spec:
    x, y, x2, y2 = start[0], start[1] + BOX / 2, end[0], end[1] - BOX / 2 - 6
    turn = math.degrees(math.atan2(x2 - x, y - y2))
    return {"x": x, "y": y, "x2": x2, "y2": y2, "mx": (x + x2) / 2, "my": (y + y2) / 2, "turn": turn,
            "mark": link.mark, "colour": palette.WARN if link.weakest else palette.BRAND}


def _axis(name: str, length: float) -> Spec:
    """Pixels as they are; down is more."""
    domain = [0, length]
    scale: Spec = {"domain": domain, "nice": False, "zero": False}
    if name.endswith(("y", "y2")):
        scale |= {"domain": [0, length - ROW + BOX + 8], "reverse": True}
    return field(f"{name}:Q", axis=None, scale=scale)
