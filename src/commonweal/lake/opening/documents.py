"""JSON, JSON lines and GeoJSON to plain Python values, under caps on size and depth."""

from __future__ import annotations

import json

from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Form

_SHAPE_TYPES = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)


def looks_like_json(text: str) -> bool:
    """Whether text begins as a JSON object or list does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def read_json(name: str, text: str, limits: Limits) -> tuple[Form, object]:
    """The document and its form; JSON lines give a list of the lines."""
    if len(text) > limits.document_bytes:
        raise CannotOpen(
            f"“{name}” is a JSON document of more than {limits.document_bytes // MIB:,} MB. Split it and try again."
        )
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise CannotOpen(f"“{name}” nests its lists too deep to be data. Ask for a .csv instead.") from error
    except ValueError as error:
        return Form.JSON, _lines(name, text, error)
    return _form_of(document)


def _form_of(document: object) -> tuple[Form, object]:
    if not isinstance(document, dict):
        return Form.JSON, document
    if document.get("type") == "FeatureCollection" and isinstance(document.get("features"), list):
        return Form.GEOJSON, document
    if document.get("type") == "Feature" and "geometry" in document:
        return Form.GEOJSON, {"type": "FeatureCollection", "features": [document]}
    if document.get("type") in _SHAPE_TYPES and ("coordinates" in document or "geometries" in document):
        feature = {"type": "Feature", "properties": {}, "geometry": document}
        return Form.GEOJSON, {"type": "FeatureCollection", "features": [feature]}
    return Form.JSON, document


def _lines(name: str, text: str, whole: ValueError) -> list[object]:
    """JSON lines: one document a line, blank lines left out."""
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    found: list[object] = []
    for at, line in lines:
        try:
            found.append(json.loads(line))
        except RecursionError as error:
            raise CannotOpen(f"“{name}”, line {at}, nests its lists too deep to be data.") from error
        except ValueError as error:
            raise _broken(name, whole, at if found else 0) from error
    if len(found) < 2:
        raise _broken(name, whole, 0)
    return found


def _broken(name: str, whole: ValueError, line: int) -> CannotOpen:
    if not line and isinstance(whole, json.JSONDecodeError):
        line = whole.lineno
    where = f" at line {line:,}" if line else ""
    return CannotOpen(f"“{name}” begins as JSON but breaks off or goes wrong{where}. Download it again and try again.")
