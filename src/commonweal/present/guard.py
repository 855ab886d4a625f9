"""Words that would hurt the file they go into: formulae made plain text, characters no file may hold left out."""

from __future__ import annotations

import dataclasses
import re
from enum import Enum
from typing import Any, TypeVar, cast

T = TypeVar("T")

# What Excel, LibreOffice or Sheets may take for the start of a formula, also after spaces and in full width.
RUNS = re.compile(r"'*[\s\x00]*[=+\-@|%＝＋－＠]|'*[\t\r\n]")
NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might run it."""
    return f"'{text}" if RUNS.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and RUNS.match(text) else text


def printable(text: str) -> str:
    """The text without characters that no XML file may hold, or that turn the words after them round."""
    return NOT_ALLOWED.sub("", text)


def cleaned(value: T) -> T:
    """The same value with every text in it printable, however deep."""
    found: Any = value
    if isinstance(found, Enum):
        return value
    if isinstance(found, str):
        found = printable(found)
    elif isinstance(found, tuple | list):
        found = type(found)(cleaned(part) for part in found)
    elif isinstance(found, dict):
        found = {cleaned(key): cleaned(part) for key, part in found.items()}
    elif dataclasses.is_dataclass(found) and not isinstance(found, type):
        parts = {field.name: cleaned(getattr(found, field.name)) for field in dataclasses.fields(found)}
        found = dataclasses.replace(found, **parts)
    return cast("T", found)
