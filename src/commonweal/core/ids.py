"""Time-ordered identifiers (UUID version 7), so that records sort by age and never need renumbering."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from commonweal.core import clock

_bytes: ContextVar[Callable[[int], bytes]] = ContextVar("identifier_bytes", default=os.urandom)


def uuid7() -> UUID:
    """A new identifier: 48 bits of milliseconds, 12 of their fraction, 62 random (RFC 9562, method 3)."""
    millis, rest = divmod(clock.nanoseconds(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    tail = int.from_bytes(_bytes.get()(8), "big") & ((1 << 62) - 1)
    return UUID(int=(millis << 80) | (7 << 76) | (fraction << 64) | (0b10 << 62) | tail)


@contextmanager
def ids_from(source: Callable[[int], bytes]) -> Iterator[None]:
    """Inside the block identifiers take their random part from `source`: a seeded example repeats itself."""
    token = _bytes.set(source)
    try:
        yield
    finally:
        _bytes.reset(token)
