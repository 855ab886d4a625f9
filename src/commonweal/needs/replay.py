"""An assessment as JSON and back: a frozen copy replays exactly, and can be read without this program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from commonweal.core.figure import PlaceRef, Quality, SourceRef
from commonweal.needs.assessment import Assessment

FORMAT = "commonweal-assessment"
FORMAT_VERSION = 1
SHARED: tuple[type, ...] = (PlaceRef, SourceRef, Quality)  # written once, and named where they are used
T = TypeVar("T")


class CannotReplay(ValueError):
    """JSON that is not a kept assessment; the text says what is wrong."""


def assessment_json(made: Assessment, *, indent: int | None = None) -> str:
    """The assessment as JSON text. Places, sources and grades stand once each under `shared`."""
    return json.dumps(to_data(made), ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))


def assessment_from_json(text: str | bytes) -> Assessment:
    """The same assessment again. Raises CannotReplay."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise CannotReplay("This is not JSON, so it cannot be a kept assessment.") from error
    return from_data(data)


def to_data(made: Assessment) -> dict[str, Any]:
    """Plain JSON-ready data."""
    writer = _Writer()
    whole = writer.plain(made)
    return {"format": FORMAT, "format_version": FORMAT_VERSION, "shared": writer.shared, "assessment": whole}


def part_data(value: Any) -> Any:
    """Any part of an assessment as plain data that stands alone, with its places, sources and grades in it."""
    return _Whole().plain(value)


def from_data(data: Mapping[str, Any]) -> Assessment:
    """An assessment from what `to_data` gave. Raises CannotReplay."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise CannotReplay("This file is not a needs assessment kept by Commonweal.")
    if data.get("format_version") != FORMAT_VERSION:
        raise CannotReplay(
            f"This assessment was kept in form {data.get('format_version')}; "
            f"only form {FORMAT_VERSION} can be read."
        )
    try:
        return _Reader(data["shared"]).value(Assessment, data["assessment"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise CannotReplay(f"This kept assessment is not whole ({error!r}).") from error


class _Writer:
    """Turns values into plain data, putting shared ones aside under short keys."""

    def __init__(self) -> None:
        self.shared: dict[str, dict[str, Any]] = {kind.__name__: {} for kind in SHARED}
        self._keys: dict[Any, str] = {}

    def plain(self, value: Any) -> Any:
        """One value as JSON has it."""
        if value is None or (isinstance(value, str | bool | int | float) and not isinstance(value, Enum)):
            return value
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return [self.plain(each) for each in value]
        if isinstance(value, SHARED):
            return self._key(value)
        kind: Any = type(value)
        return {name: self.plain(getattr(value, name)) for name in _names(kind)}

    def _key(self, value: Any) -> Any:
        found = self._keys.get(value)
        if found is None:
            kind: Any = type(value)
            group = self.shared[kind.__name__]
            found = self._keys[value] = str(len(group) + 1)
            group[found] = {name: self.plain(getattr(value, name)) for name in _names(kind)}
        return found


class _Whole(_Writer):
    """Writes shared values out where they are used."""

    def _key(self, value: Any) -> Any:
        kind: Any = type(value)
        return {name: self.plain(getattr(value, name)) for name in _names(kind)}


class _Reader:
    """Turns plain data back into values, making each shared one once."""

    def __init__(self, shared: Mapping[str, Mapping[str, Any]]) -> None:
        self._shared: dict[Any, dict[str, Any]] = {
            kind: {key: self._made(kind, one) for key, one in shared[kind.__name__].items()} for kind in SHARED
        }

    def value(self, kind: type[T], data: Any) -> T:
        """A dataclass from its data."""
        return cast(T, self._made(kind, data))

    def _made(self, kind: Any, data: Mapping[str, Any]) -> Any:
        return kind(**{name: self._of(how, data[name]) for name, how in _plan(kind) if name in data})

    def _of(self, how: Any, data: Any) -> Any:
        if data is None or how in (str, int, float, bool):
            return float(data) if how is float and data is not None else data
        if isinstance(how, tuple):
            return tuple(self._of(how[0], each) for each in data)
        if isinstance(how, list):
            return tuple(self._of(each, one) for each, one in zip(how, data, strict=True))
        if how in self._shared_kinds:
            return self._shared[how][data]
        if is_dataclass(how):
            return self._made(how, data)
        return date.fromisoformat(data) if how is date else how(data)

    _shared_kinds = frozenset(SHARED)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _plan(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Each field and how it is read: a type; (type,) for a tuple of one kind; [types] for a fixed one."""
    hints = get_type_hints(kind)
    return tuple((name, _how(hints[name])) for name in _names(kind))


def _how(hint: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _how(next(each for each in args if each is not NoneType))
    if origin is tuple:
        return (_how(args[0]),) if len(args) == 2 and args[1] is Ellipsis else [_how(each) for each in args]
    return hint
