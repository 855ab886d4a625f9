"""The page on which change is worked out is open to everybody."""

from __future__ import annotations

from tests.access.line import ANYBODY, Line

TABLE = [
    Line("measures:change", ANYBODY),
    Line("measures:change", ANYBODY, 200, lambda world: {}, "post", {"pairs": "x"}),
]
