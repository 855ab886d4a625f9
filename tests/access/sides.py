"""The two sides of need: seen by those who see evidence."""

from __future__ import annotations

from tests.access.line import MEMBERS, Line, partnership

SEE = MEMBERS - {"provider"}

TABLE = [
    Line("needs:two-sides", SEE, 200, partnership),
    Line("needs:two-sides-csv", SEE, 200, partnership),
]
