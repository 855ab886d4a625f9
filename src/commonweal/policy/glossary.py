"""The words of the field that every installation starts from: each sector's own, with sources, as checked data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

FOLDER = "data/glossary"
PARTS = ("need", "outcomes", "commissioning", "bodies", "activities")
MATCHES = ("exact", "close", "broad", "narrow", "related")
VERIFIED = {
    "V": "checked in the publisher's own text", "S": "checked in a report of it by others",
    "K": "not yet checked against its source",
}
LONGEST_PLAIN = 320
_KEYS = {
    "id", "term", "also", "everyday", "plain", "words", "broader", "related", "after", "from", "to", "where",
    "links", "source",
}


class GlossaryWrong(ValueError):
    """A glossary file that does not fit; the text says which entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class TermSource:
    """Where a fact comes from, and how far it has been checked."""

    key: str
    title: str
    publisher: str
    dated: str
    where: str
    verification: str


@dataclass(frozen=True, slots=True)
class SectorWord:
    """What one sector calls it, and what it means by that."""

    sector: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TermLink:
    """The same or a near concept in somebody else's list, by its address."""

    match: str
    uri: str


@dataclass(frozen=True, slots=True)
class SeedTerm:
    """One concept. `everyday` marks words everybody uses and means differently; `since`, `until` are years."""

    id: str
    term: str
    plain: str
    also: tuple[str, ...]
    everyday: bool
    words: tuple[SectorWord, ...]
    broader: tuple[str, ...]
    related: tuple[str, ...]
    after: tuple[str, ...]
    since: str
    until: str
    where: str
    links: tuple[TermLink, ...]
    sources: tuple[TermSource, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Every seed by its id, the eight sectors by their keys in order, and the day it was last checked."""

    terms: Mapping[str, SeedTerm]
    sectors: Mapping[str, str]
    checked: date


@cache
def glossary() -> Glossary:
    """The glossary of this version, read and checked once a process."""
    return glossary_of(_read("sources"), {part: _read(part) for part in PARTS})


def glossary_of(about: dict[str, Any], parts: Mapping[str, list[dict[str, Any]]]) -> Glossary:
    """A glossary from its parsed files; GlossaryWrong names the first entry that does not fit."""
    names = {field.name for field in fields(TermSource)} - {"key"}
    sources = {
        key: TermSource(key, **{name: row[name] for name in names}) for key, row in about["sources"].items()
    }
    wrong = [key for key, one in sources.items() if one.verification not in VERIFIED]
    if wrong:
        raise GlossaryWrong(f"sources.yaml: {wrong[0]} needs a verification of V, S or K")
    sectors = MappingProxyType(dict(about["sectors"]))
    terms: dict[str, SeedTerm] = {}
    for part, rows in parts.items():
        for row in rows:
            made = _term(part, row, sources, sectors)
            if made.id in terms:
                raise GlossaryWrong(f"{part}.yaml: {made.id} is there twice")
            terms[made.id] = made
    _check_together(terms)
    return Glossary(MappingProxyType(terms), sectors, about["checked"])


def _term(
    part: str, row: dict[str, Any], sources: Mapping[str, TermSource], sectors: Mapping[str, str]
) -> SeedTerm:
    where = f"{part}.yaml: {row.get('id', row)}"
    _require(not set(row) - _KEYS, where, f"has what nobody reads: {sorted(set(row) - _KEYS)}")
    _require({"id", "term", "plain", "source"} <= set(row), where, "needs id, term, plain and source")
    _require(len(row["plain"]) <= LONGEST_PLAIN, where, f"says more than {LONGEST_PLAIN} letters in plain words")
    words = row.get("words", {})
    _require(set(words) <= set(sectors), where, "names a sector that is none of the eight")
    _require(all(len(pair) == 2 for pair in words.values()), where, "needs a word and a meaning for each sector")
    _require(bool(row["source"]) and set(row["source"]) <= set(sources), where, "names a source nobody describes")
    links = tuple(TermLink(link["match"], link["uri"]) for link in row.get("links", ()))
    _require(all(link.match in MATCHES for link in links), where, f"needs one of {', '.join(MATCHES)} for a link")
    return SeedTerm(
        id=row["id"], term=row["term"], plain=row["plain"], also=tuple(row.get("also", ())),
        everyday=bool(row.get("everyday")),
        words=tuple(SectorWord(sector, *words[sector]) for sector in sectors if sector in words),
        broader=tuple(row.get("broader", ())), related=tuple(row.get("related", ())),
        after=tuple(row.get("after", ())), since=row.get("from", ""), until=row.get("to", ""),
        where=row.get("where", ""), links=links, sources=tuple(sources[key] for key in row["source"]),
    )


def _check_together(terms: Mapping[str, SeedTerm]) -> None:
    """No reference to a term that is not there, no ring of broader terms, no form that two terms claim."""
    taken: dict[str, str] = {}
    for one in terms.values():
        missing = [key for key in (*one.broader, *one.related, *one.after) if key not in terms]
        _require(not missing, one.id, f"leads to {missing[:1]}, which is not there")
        _require(one.id not in _above(one, terms), one.id, "is broader than itself, through others")
        for form in dict.fromkeys((one.term, *one.also)):
            owner = taken.setdefault(form if _capitals(form) else form.casefold(), one.id)
            _require(owner == one.id, one.id, f"claims “{form}”, which belongs to {owner}")


def _above(one: SeedTerm, terms: Mapping[str, SeedTerm]) -> set[str]:
    found: set[str] = set()
    ahead = list(one.broader)
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead += terms[key].broader if key in terms else ()
    return found


def _capitals(form: str) -> bool:
    return sum(letter.isupper() for letter in form) > 1


def _require(holds: bool, where: str, what: str) -> None:
    if not holds:
        raise GlossaryWrong(f"{where} {what}")


def _read(name: str) -> Any:
    text = (files("commonweal.policy") / FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def weakest(sources: Iterable[TermSource]) -> str:
    """How far a term has been checked: as far as the least checked of its sources."""
    return max((source.verification for source in sources), key="VSK".index, default="K")
