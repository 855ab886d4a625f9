"""Word lists as rows: our own CSV, and that of ESD's lists."""

from __future__ import annotations

import csv
import io
import re

from commonweal.knowledge.skos.model import Concept, Scheme, WordsRead, settled, tidy
from commonweal.knowledge.skos.writing import COLUMNS
from commonweal.lake.opening.model import CannotOpen
from commonweal.policy.glossary import glossary
from commonweal.present.guard import unguarded

_BAR = re.compile(r" \| ")
ESD_NAMES = {"identifier", "label"}


def from_rows(text: str) -> WordsRead:
    """Our own table where its headings are there; else a table with identifier and label, as ESD gives it."""
    sample = text[:4096]
    try:
        mark = "\t" if "\t" in (sample.splitlines() or [""])[0] else ","
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        rows = list(csv.reader(io.StringIO(plain), delimiter=mark))
    except csv.Error as error:  # only this is left to trip over
        raise CannotOpen(
            "A cell of the table is longer than any meaning. Look for a quotation mark that is never closed."
        ) from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    headings = [cell.strip().lower() for cell in rows[0]] if rows else []
    if {"address", "word", "plain words"} <= set(headings):
        return _ours(headings, rows[1:])
    if set(headings) >= ESD_NAMES or "word" in headings or "term" in headings:
        return _esd(headings, rows[1:])
    raise CannotOpen(
        "There is no column called “word” or “label”. A table of words has a row of headings, "
        "such as word and plain words, and one row for each word."
    )


def _ours(headings: list[str], rows: list[list[str]]) -> WordsRead:
    sectors = tuple(glossary().sectors)
    uri, title, concepts, notes = "urn:commonweal:brought", "A list of words", [], []
    for number, row in enumerate(rows, start=2):
        cells = {name: unguarded(cell) for name, cell in zip(headings, row, strict=False)}
        get = {name: cells.get(name, "") for name in COLUMNS}
        if get["id"] == "list":
            uri, title = get["address"], get["word"]
            continue
        if not tidy(get["word"]):
            notes.append(f"Row {number} has no word and was left out.")
            continue
        address = get["address"] or f"urn:commonweal:row:{number}"
        words = tuple(
            (sector, cells[f"{sector} word"], cells.get(f"{sector} meaning", ""))
            for sector in sectors if cells.get(f"{sector} word")
        )
        links = tuple(
            (match, found) for match, _, found in (part.partition(" ") for part in _parts(get["links"])) if found
        )
        concepts.append(Concept(
            uri=address, label=get["word"], plain=get["plain words"], also=_parts(get["also"]), words=words,
            broader=_parts(get["broader"]), related=_parts(get["related"]), links=links, source=get["source"],
            id="list" if get["id"] == "=list" else get["id"],
        ))
    return WordsRead(settled(Scheme(uri, title, tuple(concepts))), tuple(notes))


def _esd(headings: list[str], rows: list[list[str]]) -> WordsRead:
    """Identifier, label, description and the like, by their headings."""
    concepts, notes = [], []
    for number, row in enumerate(rows, start=2):
        cells = {name: tidy(unguarded(cell)) for name, cell in zip(headings, row, strict=False)}
        label = cells.get("label") or cells.get("word") or cells.get("term") or ""
        if not label:
            notes.append(f"Row {number} has no label and was left out.")
            continue
        uri = cells.get("uri") or cells.get("address") or ""
        plain = cells.get("description") or cells.get("plain words") or cells.get("meaning") or ""
        concepts.append(Concept(
            uri=uri or f"urn:commonweal:row:{number}", label=label, plain=plain, id=cells.get("identifier", ""),
            links=(("exact", uri),) if uri.startswith(("http://", "https://")) else (),
        ))
    return WordsRead(settled(Scheme("urn:commonweal:brought", "A table of words", tuple(concepts))), tuple(notes))


def _parts(cell: str) -> tuple[str, ...]:
    """What one cell holds, bars undoubled."""
    return tuple(part.replace("||", "|") for part in _BAR.split(cell) if part)
