"""The typeface of charts, maps and documents, and where its files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FACE = "Atkinson Hyperlegible Next"
STACK = f"{FACE}, Segoe UI, Arial, sans-serif"
FOLDER = Path(__file__).resolve().parent / "fonts"


@cache
def register() -> None:
    """Make the typeface known to the picture renderer, once a process."""
    import vl_convert

    vl_convert.register_font_directory(str(FOLDER))
