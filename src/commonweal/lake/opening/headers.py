"""Column names from header rows as published: repeated, missing, merged or over several rows."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[str]
_EDGES = " \t\r\n\ufeff\u00a0\u200b"


def column_names(header: Row, width: int) -> tuple[str, ...]:
    """One distinct name a column: "Name", "Name (2)", and "column 7" where there is none."""
    names: list[str] = []
    taken: set[str] = set()
    for at in range(width):
        plain = (header[at] if at < len(header) else "").strip(_EDGES) or f"column {at + 1}"
        names.append(_distinct(plain, taken))
        taken.add(names[-1])
    return tuple(names)


def _distinct(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    again = 2
    while f"{name} ({again})" in taken:
        again += 1
    return f"{name} ({again})"


def is_named(header: Row, at: int) -> bool:
    """Whether a column has a header of its own."""
    return at < len(header) and bool(header[at].strip(_EDGES))


def joined(groups: Row, header: Row) -> tuple[str, ...]:
    """Two header rows as one: a group's words stand before the names beneath it ("Loans: adult")."""
    filled: list[str] = []
    current = ""
    for at in range(max(len(groups), len(header))):
        own = groups[at].strip(_EDGES) if at < len(groups) else ""
        current = own or current
        below = header[at].strip(_EDGES) if at < len(header) else ""
        filled.append(f"{current}: {below}" if current and below and current != below else below or own)
    return tuple(filled)


def needs_group(groups: Row, header: Row) -> bool:
    """Whether the row above is a header row too: two groups or more over names that recur."""
    names = [cell.strip(_EDGES) for cell in header if cell.strip(_EDGES)]
    over = [cell for cell in groups if cell.strip(_EDGES)]
    return len(over) >= 2 and len(set(names)) < len(names)
