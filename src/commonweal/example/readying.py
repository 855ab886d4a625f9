"""How far the worked example has got while it is being made, told from the process that makes it to every page."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commonweal.core.models import Partnership
from commonweal.lake.whole_file import write_whole

NAME = "example-being-made.json"
STILL = 180.0  # seconds without a step after which whoever made it has died


@dataclass(frozen=True, slots=True)
class Readying:
    """So many of all its steps are done."""

    done: int
    whole: int

    @property
    def percent(self) -> int:
        """How much of it, of a hundred."""
        return round(100 * self.done / self.whole)


def example_exists() -> bool:
    """Whether the invented partnership is already in the database."""
    return Partnership.objects.filter(invented=True).exists()


def readying(folder: Path) -> Readying | None:
    """How far it has got; None where nobody is at it."""
    path = folder / NAME
    try:
        if time.time() - path.stat().st_mtime > STILL:
            return None
        return Readying(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def told(folder: Path) -> Iterator[Callable[[int, int], None]]:
    """A way to tell how many of all steps are done; what was told goes at the end, however it ends."""
    path = folder / NAME

    def tell(done: int, whole: int) -> None:
        write_whole(path, json.dumps({"done": done, "whole": whole}), lasting=False)

    try:
        if not example_exists():
            tell(0, 1)
        yield tell
    finally:
        path.unlink(missing_ok=True)
