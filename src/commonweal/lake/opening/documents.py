"""JSON, JSON lines and GeoJSON to plain Python values, under caps on size and depth."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Form

_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[}\]])')
_MENDABLE = 10 * MIB
_SHAPE_TYPES = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)


def looks_like_json(text: str) -> bool:
    """Whether text begins as a JSON object or list does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the garbage collector while millions of objects are made: it finds nothing and takes most time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_json(name: str, text: str, limits: Limits) -> tuple[Form, object, tuple[str, ...]]:
    """The document, its form, and what had to be mended; JSON lines give a list of the lines."""
    if len(text) > limits.document_bytes:
        raise CannotOpen(
            f"“{name}” is JSON of more than {limits.document_bytes // MIB:,} MB. Split it and try again."
        )
    with without_collecting():
        try:
            return *_form_of(json.loads(text)), ()
        except RecursionError as error:
            raise _too_deep(name) from error
        except ValueError as error:
            if (mended := _mended(name, text)) is not None:
                return *_form_of(mended), ("Commas before a closing bracket were left out.",)
            return Form.JSON, _lines(name, text, error), ()


def _too_deep(name: str) -> CannotOpen:
    return CannotOpen(f"“{name}” nests its lists too deep to be data. Ask for a .csv instead.")


def _mended(name: str, text: str) -> object:
    """The document with trailing commas left out, or None where that is not what is wrong."""
    if len(text) > _MENDABLE:
        return None
    mended = _TRAILING_COMMA.sub(lambda match: match.group(1) or match.group(2), text)
    if mended == text:
        return None
    try:
        return json.loads(mended)
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError:
        return None


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
            raise _too_deep(name) from error
        except ValueError as error:
            raise _broken(name, whole, at if found else 0) from error
    if len(found) < 2:
        raise _broken(name, whole, 0)
    return found


def _broken(name: str, whole: ValueError, line: int) -> CannotOpen:
    if not line and isinstance(whole, json.JSONDecodeError):
        line = whole.lineno
    where = f" at line {line:,}" if line else ""
    return CannotOpen(f"“{name}” begins as JSON but breaks off or goes wrong{where}. Download it again.")
