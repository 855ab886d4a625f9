"""How much of a file is read before it is refused, so that no upload can exhaust the machine."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file; the defaults fit the largest files publishers issue."""

    file_bytes: int = 1024 * MIB       # the file as it lies on disk
    inside_bytes: int = 2048 * MIB     # everything inside an archive, unpacked
    workbook_bytes: int = 256 * MIB    # the parts of one workbook, unpacked
    document_bytes: int = 256 * MIB    # one JSON document
    ratio: int = 100                   # unpacked to packed, once past `small_bytes`
    small_bytes: int = 10 * MIB        # too small to be a bomb at any ratio
    members: int = 1_000               # files in an archive
    depth: int = 2                     # archives within archives
    rows: int = 5_000_000
    columns: int = 16_384              # as many as a spreadsheet can hold
    workbook_cells: int = 8_000_000    # cells of all sheets of one workbook, gaps between them included
    cell_chars: int = 1_000_000
    text_chars: int = 1_000_000_000    # of all cells together
    sheets: int = 200


PUBLISHED = Limits()
