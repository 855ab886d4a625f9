"""Pictures for paper alone: within `on_paper()` none is drawn a second time for phones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ON_PAPER: ContextVar[bool] = ContextVar("on_paper", default=False)


@contextmanager
def on_paper() -> Iterator[None]:
    """Charts and maps made here are for documents: half the drawing, no narrow picture."""
    token = _ON_PAPER.set(True)
    try:
        yield
    finally:
        _ON_PAPER.reset(token)


def for_screens() -> bool:
    """Whether a narrow picture is wanted too."""
    return not _ON_PAPER.get()
