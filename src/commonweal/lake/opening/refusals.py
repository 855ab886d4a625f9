"""Files that are no data at all, or data nobody can read, told by their first bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from commonweal.lake.opening.model import CannotOpen


@dataclass(frozen=True, slots=True)
class Refusal:
    """How the bytes begin, what that means, and what to do instead."""

    starts: bytes
    what: str
    do: str
    offset: int = 0


@cache
def refusals() -> tuple[Refusal, ...]:
    """Every kind of file that is refused by its first bytes."""
    text = files(__package__).joinpath("refusals.yaml").read_text("utf-8")
    return tuple(
        Refusal(bytes.fromhex(one["starts"]), one["what"], one["do"], one.get("offset", 0))
        for one in yaml.safe_load(text)
    )


def refuse_by_content(name: str, data: bytes) -> None:
    """Raise CannotOpen, with what to do, if the bytes begin like something that is no data."""
    for one in refusals():
        if data.startswith(one.starts, one.offset):
            raise CannotOpen(f"“{name}” is {one.what}. {one.do}")


def refuse_markup(name: str, text: str) -> None:
    """Raise CannotOpen for web pages, pictures and other marked-up text; none of it is parsed."""
    start = text[:2048].lstrip("\ufeff \t\r\n").lower()
    if not start.startswith("<"):
        return
    if "<svg" in start:
        raise CannotOpen(f"“{name}” is a picture (SVG). Ask for the table it was made from (.csv or .xlsx).")
    if "<html" in start or "<!doctype html" in start or "<table" in start:
        raise CannotOpen(
            f"“{name}” is a web page, whatever its name says. Open it in a browser, copy the table into a "
            "spreadsheet, save it as .xlsx and try again."
        )
    if start.startswith(("<?xml", "<!doctype", "<!entity")) or "xmlns" in start:
        raise CannotOpen(f"“{name}” is XML, which is not read. Ask for the same data as .csv, .xlsx or .geojson.")
