"""What a file is, in a sentence, where nothing in it can be read as a table."""

from __future__ import annotations

from commonweal.lake.opening.model import Form, Opened
from commonweal.lake.opening.shapes import ShapeParts


def describe(opened: Opened) -> str:
    """What the file is and why nothing in it goes into the lake."""
    if opened.form is Form.NOTES:
        return f"Notes for people to read ({_words(opened.document)} words); there is no table in it."
    if opened.form is Form.SHAPES and isinstance(opened.document, ShapeParts):
        return _shapes(opened.document)
    if opened.form is Form.GEOJSON and isinstance(opened.document, dict):
        return _map(opened.document)
    if opened.form is Form.JSON:
        return _json(opened.document)
    sheets = len(opened.sheets)
    rows = sum(sheet.table.num_rows for sheet in opened.sheets)
    return f"A table of {rows:,} rows" + (f" in {sheets} sheets." if sheets > 1 else ".")


def _words(document: object) -> str:
    return f"{len(document.split()):,}" if isinstance(document, str) else "no"


def _shapes(parts: ShapeParts) -> str:
    what = f"{parts.count:,} {parts.kind}" if parts.count and parts.kind else "shapes"
    if ".dbf" in parts.missing:
        return (
            f"Parts of a shapefile of {what}. The part with their names and codes (.dbf) is missing, so nobody "
            "can say what each shape is; ask for all the parts, or for GeoJSON."
        )
    if parts.missing:
        return f"Parts of a shapefile of {what}; {', '.join(parts.missing)} missing. Ask for all the parts."
    return f"A shapefile of {what}. Ask the publisher for GeoJSON, or export it as that, and try again."


def _map(document: dict[str, object]) -> str:
    features = document.get("features")
    count = len(features) if isinstance(features, list) else 0
    return f"A map of {count:,} shapes that no reader knows, with no figures beside them."


def _json(document: object) -> str:
    if isinstance(document, list):
        return f"A JSON list of {len(document):,} items that nest; no part of it is a plain table."
    if isinstance(document, dict):
        keys = ", ".join(f"“{str(key)[:30]}”" for key in list(document)[:4])
        return f"A JSON document with {keys or 'nothing in it'}; no part of it is a plain table."
    return "A single JSON value; there is no table in it."
