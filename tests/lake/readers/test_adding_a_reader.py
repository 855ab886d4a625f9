"""The page on adding a reader shows a reader that is really there, and names what exists."""

from __future__ import annotations

import re
from pathlib import Path

from commonweal.lake.readers import cells, wide

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "adding-a-reader.md").read_text(encoding="utf-8")


def test_the_example_is_the_real_reader():
    (example,) = re.findall(r"```python\n(@dataclass.*?)```", PAGE, re.DOTALL)
    source = ROOT / "src" / "commonweal" / "lake" / "readers" / "population_totals.py"
    assert source.read_text(encoding="utf-8").endswith(example)


def test_what_it_leans_on_is_there():
    homes = {"cells": cells, "wide": wide}
    named = re.findall(r"`(cells|wide)\.(\w+)`", PAGE)
    assert len(named) >= 8
    assert all(hasattr(homes[home], name) for home, name in named)
