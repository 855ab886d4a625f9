"""What every reader of a published file is: a recogniser and a small function to typed tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyarrow as pa

from commonweal.lake.opening.model import Opened


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row kept out: where it stands in the file and why, in words a person can act on."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadTable:
    """Rows for one table of `lake.schema`, in its columns, and those kept out."""

    table: str
    rows: pa.Table
    rejected: tuple[RejectedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One published source.

    `dataset` is its key in the catalogue (title, publisher, address, licence, attribution, vintage).
    `recognises` says, from content alone and never from the file's name, whether this file is it.
    `version` rises whenever the same bytes would be read differently, so that stores are rebuilt.
    """

    dataset: str
    version: int
    recognises: Callable[[Opened], bool]
    read: Callable[[Opened], Iterable[ReadTable]]


REGISTRY: dict[str, Reader] = {}


def register(reader: Reader) -> Reader:
    """Add a reader; every module in `lake.readers` registers its own when imported."""
    if reader.dataset in REGISTRY:
        raise ValueError(f"two readers for {reader.dataset}")
    REGISTRY[reader.dataset] = reader
    return reader
