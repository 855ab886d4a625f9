"""A word list as a file."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum

from commonweal.knowledge.skos.graph import graph_of
from commonweal.knowledge.skos.model import Concept, Scheme, settled
from commonweal.policy.glossary import glossary
from commonweal.present.guard import guarded

BETWEEN = " | "
COLUMNS = ("address", "id", "word", "plain words", "also", "broader", "related", "links", "source")


class ListForm(StrEnum):
    """The files a word list can be had as."""

    TURTLE = "ttl"
    JSON_LD = "jsonld"
    CSV = "csv"


def written(scheme: Scheme, form: ListForm) -> bytes:
    """The list in one form; the same list gives the same bytes."""
    if form is ListForm.CSV:
        return _csv(scheme)
    if form is ListForm.TURTLE:
        return str(graph_of(scheme).serialize(format="turtle")).encode()
    made = json.loads(graph_of(scheme).serialize(format="json-ld", auto_compact=True))
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _csv(scheme: Scheme) -> bytes:
    """One row a word; the first two rows are headings and the list itself."""
    sectors = tuple(glossary().sectors)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    headings = [heading for sector in sectors for heading in (f"{sector} word", f"{sector} meaning")]
    writer.writerow([*COLUMNS, *headings])
    scheme = settled(scheme)
    writer.writerow([guarded(scheme.uri), "list", guarded(scheme.title)])
    for one in scheme.concepts:
        writer.writerow([guarded(cell) for cell in _row(one, sectors)])
    return out.getvalue().encode("utf-8-sig")


def _row(one: Concept, sectors: tuple[str, ...]) -> list[str]:
    said = {sector: (word, meaning) for sector, word, meaning in one.words}
    cells = [cell for sector in sectors for cell in said.get(sector, ("", ""))]
    return [
        one.uri, f"={one.id}" if one.id == "list" else one.id, one.label, one.plain, joined(one.also),
        joined(one.broader), joined(one.related), joined(f"{match} {uri}" for match, uri in one.links), one.source,
        *cells,
    ]


def joined(parts: object) -> str:
    """Several things in one cell; a bar within one is doubled."""
    return BETWEEN.join(str(part).replace("|", "||") for part in parts)  # type: ignore[attr-defined]
