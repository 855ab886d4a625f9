"""Words of the agreements stage as data."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    """One file of this folder."""
    loaded: dict[str, Any] = yaml.safe_load(files(__name__).joinpath(f"{name}.yaml").read_text("utf-8"))
    return loaded
