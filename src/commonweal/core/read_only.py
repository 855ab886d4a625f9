"""Read-only: while the keeper looks after the installation everything is read and nothing is written.

A file in the data folder says so, and why, so that every process knows at once and none is started anew.
"""

from __future__ import annotations

from pathlib import Path

FILE = "read-only.txt"
WHY = "The service is being looked after."


def why_read_only(var: Path) -> str:
    """Why nothing is written now, as a sentence; empty where everything goes on."""
    try:
        return (var / FILE).read_text(encoding="utf-8").strip() or WHY
    except FileNotFoundError:
        return ""


def begin_read_only(var: Path, why: str) -> None:
    """From now on nothing is written."""
    var.mkdir(parents=True, exist_ok=True)
    draft = var / f"{FILE}.arriving"
    draft.write_text(" ".join(why.split()) or WHY, encoding="utf-8")
    draft.replace(var / FILE)


def end_read_only(var: Path) -> bool:
    """Everything goes on; whether it had stood still."""
    there = (var / FILE).exists()
    (var / FILE).unlink(missing_ok=True)
    return there
