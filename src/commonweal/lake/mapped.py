"""Tables no reader knows but a person has described before: read by the mapping remembered for their columns."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from commonweal.lake.assistant.confirming import confirm
from commonweal.lake.assistant.mapping import Mapping, to_json
from commonweal.lake.assistant.remembering import Memory
from commonweal.lake.manifest import Provenance
from commonweal.lake.opening import Opened
from commonweal.lake.readers.base import ReadTable

PREFIX = "mapped-"
BY_HAND = "described by hand"


@dataclass(frozen=True, slots=True)
class Mapped:
    """What remembered mappings made of a file: a data set of its own, known by its columns."""

    dataset: str
    version: int
    tables: tuple[ReadTable, ...]
    remarks: tuple[str, ...]


def read_mapped(opened: Opened, root: Path) -> Mapped | None:
    """Rows by the mappings remembered for a file's sheets; None where none is. Raises MappingBroken."""
    memory = Memory(root)
    pairs = [(sheet, mapping) for sheet in opened.sheets if (mapping := memory.recall(sheet)) is not None]
    if not pairs:
        return None
    done = [confirm(sheet, mapping) for sheet, mapping in pairs]
    first = pairs[0][1]
    return Mapped(
        _key(first), _version(first), tuple(table for one in done for table in one.tables),
        tuple(remark for one in done for remark in one.remarks),
    )


def versions(root: Path) -> dict[str, int]:
    """The version of each remembered mapping by the data set it makes; it changes when a person changes it."""
    return {_key(mapping): _version(mapping) for mapping in Memory(root).every()}


def provenance(root: Path, dataset: str) -> Provenance:
    """What is known of whose it is: only what the person who described it said."""
    titles = {_key(mapping): mapping.title for mapping in Memory(root).every()}
    unknown = "not recorded: ask its publisher before showing it to others"
    return Provenance(titles.get(dataset) or "A table described by hand", unknown, unknown, vintage=BY_HAND)


def _key(mapping: Mapping) -> str:
    return f"{PREFIX}{mapping.fingerprint[:12]}"


def _version(mapping: Mapping) -> int:
    return zlib.crc32(to_json(mapping).encode())
