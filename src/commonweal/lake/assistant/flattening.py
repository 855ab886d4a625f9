"""Tables hidden in JSON: a list of like objects becomes a sheet, and so do the properties of a map's shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from commonweal.lake.opening.limits import PUBLISHED
from commonweal.lake.opening.model import Form, Opened, Sheet

_LEAST_FLAT = 0.5  # of an object's values must be single, or the list is no table
_SAMPLE = 50


def sheets_of(opened: Opened) -> tuple[Sheet, ...]:
    """The sheets of a file; those of JSON are made from its lists of objects, where there are any."""
    if opened.sheets:
        return opened.sheets
    if opened.form is Form.GEOJSON and isinstance(opened.document, dict):
        features: Iterable[Any] = opened.document.get("features") or ()
        rows = [_feature(one) for one in features if isinstance(one, dict)]
        return _sheet("features", rows)
    if opened.form is Form.JSON:
        return tuple(sheet for name, rows in _lists(opened.document) for sheet in _sheet(name, rows))
    return ()


def _lists(document: object) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Lists of objects at the top of a document or one step beneath it."""
    named = document.items() if isinstance(document, dict) else (("rows", document),)
    for name, held in named:
        if isinstance(held, list) and held and all(isinstance(one, dict) for one in held) and _flat(held):
            yield str(name), held


def _flat(rows: Sequence[dict[str, Any]]) -> bool:
    values = [value for row in rows[:_SAMPLE] for value in row.values()]
    single = sum(1 for value in values if not isinstance(value, (dict, list)))
    return bool(values) and single >= _LEAST_FLAT * len(values)


def _feature(feature: dict[str, Any]) -> dict[str, Any]:
    """A shape's properties, with its position where it is a point."""
    properties, geometry = feature.get("properties"), feature.get("geometry")
    found = dict(properties) if isinstance(properties, dict) else {}
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        position = geometry.get("coordinates")
        if isinstance(position, list) and len(position) > 1:
            found |= {"longitude": position[0], "latitude": position[1]}
    return found


def _sheet(name: str, rows: Sequence[dict[str, Any]]) -> tuple[Sheet, ...]:
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(str(key) for key, value in row.items() if not isinstance(value, (dict, list))))
        if len(names) > PUBLISHED.columns:
            return ()
    if not names:
        return ()
    columns = {key: pa.array([_text(row.get(key)) for row in rows], pa.string()) for key in names}
    return (Sheet(name, pa.table(columns), 1),)


def _text(value: object) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value).upper() if isinstance(value, bool) else str(value)
