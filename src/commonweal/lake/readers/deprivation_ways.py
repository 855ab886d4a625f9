"""A data set of the indices comes laid out in several ways; each has one reader that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register


@dataclass(frozen=True, slots=True)
class Way:
    """One layout: how it is recognised, and read."""

    recognises: Callable[[Opened], bool]
    read: Callable[[Opened], Iterable[ReadTable]]


def register_ways(dataset: str, version: int, ways: Iterable[Way]) -> Reader:
    """One reader for a data set that comes laid out in any of these ways."""
    known = tuple(ways)
    return register(Reader(dataset, version, partial(_recognises, known), partial(_read, known)))


def _recognises(ways: tuple[Way, ...], opened: Opened) -> bool:
    return any(way.recognises(opened) for way in ways)


def _read(ways: tuple[Way, ...], opened: Opened) -> Iterable[ReadTable]:
    for way in ways:
        if way.recognises(opened):
            return way.read(opened)
    raise ValueError(f"{opened.path} is not laid out in any way this reader knows")
