"""Fixed words of the common language's documents, as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((files(__package__) / "glossary.yaml").read_text(encoding="utf-8"))
    return found


def word(key: str, **values: object) -> str:
    """One text with its values in place."""
    return _words()[key].format(**values)
