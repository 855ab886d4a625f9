"""The price formulas: open to everybody."""

from __future__ import annotations

from tests.access.line import ANYBODY, Line

TABLE = [Line("procurement:price-formulas", ANYBODY)]
