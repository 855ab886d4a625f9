"""A chart as Vega-Lite writes it: plain data, a layer for each mark, put together here for every kind of chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Spec = dict[str, Any]
KINDS = {"Q": "quantitative", "N": "nominal", "O": "ordinal"}


def field(name: str, **more: Any) -> Spec:
    """A field of the data shown by place or look: "share:Q" is a quantity, "role:N" a name, "row:O" an order."""
    of, _, kind = name.partition(":")
    return {"field": of, **({"type": KINDS[kind]} if kind else {}), **more}


def layer(rows: Sequence[Spec], mark: Spec, encoding: Spec, *filters: str) -> Spec:
    """One mark for each row that passes the filters, which are Vega expressions."""
    chosen: Spec = {"transform": [{"filter": each} for each in filters]} if filters else {}
    return {"data": {"values": list(rows)}, **chosen, "mark": mark, "encoding": encoding}


def layered(layers: Sequence[Spec], *, width: float, height: float | Spec, **more: Any) -> Spec:
    """Layers over one another, in a frame that is as wide as it says, labels and all."""
    return {
        "layer": list(layers), "width": width, "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "right": 4, "top": 4, "bottom": 4}, **more,
    }


def step(pixels: int) -> Spec:
    """A height of so many pixels a row."""
    return {"step": pixels}


def when(test: str, yes: str, no: str) -> Spec:
    """One value where a Vega expression holds, another where not."""
    return {"condition": {"test": test, "value": yes}, "value": no}
