"""Words are written for England and its publishers; the worked example has an invented country's name put in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from commonweal.core.figure import SourceRef

T = TypeVar("T")
FORM = "Invented figures in the form of: "  # how titles of the invented data sets begin
NEIGHBOURS = "those the Office for National Statistics published"
INVENTED_NEIGHBOURS = "those most like it in the invented figures"


def in_country(made: T, name: str) -> T:
    """The same values with the country's name in every sentence; sources keep their own titles."""
    return cast(T, _named(made, name))


def _named(value: Any, name: str) -> Any:
    if isinstance(value, str):
        plain = type(value) is str
        return value.replace(NEIGHBOURS, INVENTED_NEIGHBOURS).replace("England", name) if plain else value
    if isinstance(value, tuple):
        return tuple(_named(each, name) for each in value)
    if is_dataclass(value) and not isinstance(value, type | SourceRef):
        return replace(value, **{one.name: _named(getattr(value, one.name), name) for one in fields(value)})
    return value
