"""Where the lake lives on disk; published and invented data are never in one store."""

from __future__ import annotations

import os
from pathlib import Path


def var() -> Path:
    """The folder for everything Commonweal keeps: COMMONWEAL_VAR, or ./var."""
    return Path(os.environ.get("COMMONWEAL_VAR") or "var")


def published() -> Path:
    """The store of published data."""
    return var() / "lake" / "published"


def example() -> Path:
    """The store of the invented district."""
    return var() / "lake" / "example"


def downloads() -> Path:
    """Files fetched from their publishers."""
    return var() / "downloads"
