"""A word list out of a file somebody brought: told apart by what is in it, read in a capped process, offline."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from commonweal.knowledge.skos.json_lists import from_json
from commonweal.knowledge.skos.model import (
    ADDRESS,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_CONCEPTS,
    WordsRead,
    ring_in,
)
from commonweal.knowledge.skos.rows import from_rows
from commonweal.lake.opening.limits import MIB
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.sandbox import Caps, Sandbox

LIMIT = 5 * MIB
CAPS = Caps(memory_bytes=1536 * MIB, cpu_seconds=40, wall_seconds=60.0)


def read_words(name: str, data: bytes) -> WordsRead:
    """The list in a file, read in a process of its own; CannotOpen with a sentence where it is none."""
    if len(data) > LIMIT:
        raise CannotOpen(
            f"A list of words is rarely over 1 MB, and this file is over {LIMIT // MIB} MB. "
            "Check that it is the right one, or send it in parts."
        )
    with Sandbox(caps=CAPS) as sandbox:
        return sandbox.run(words_in, PurePath(name).name, data, about=f"“{PurePath(name).name}”")


def words_in(name: str, data: bytes) -> WordsRead:
    """The list in a file. Called in a worker; it opens no connection whatever the file asks for."""
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    socket.getaddrinfo = _refuse
    text = _text(data)
    start = text.lstrip()[:1]
    read: Callable[[str], WordsRead] = from_rows
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise CannotOpen("This is a web page, not a word list. Bring the list as Turtle (.ttl), JSON-LD or CSV.")
    if name.lower().endswith((".ttl", ".turtle", ".n3", ".nt")) or (
        start in {"@", "<"} or text.lstrip()[:6].upper() == "PREFIX"
    ):
        read = from_turtle
    elif start in {"{", "["}:
        read = from_json
    return sound(read(text))


def from_turtle(text: str) -> WordsRead:
    """SKOS in Turtle. What it imports (owl:imports) is never fetched."""
    from rdflib import Graph
    from rdflib.exceptions import ParserError

    from commonweal.knowledge.skos.graph import scheme_of

    if text.lstrip().startswith("<?xml") or text.lstrip().lower().startswith("<rdf"):
        raise CannotOpen("This is RDF in XML. Save it as Turtle (.ttl), JSON-LD or CSV, and bring it again.")
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except (ParserError, SyntaxError, ValueError, RecursionError, AttributeError, IndexError) as error:
        where = getattr(error, "lines", None)
        line = f" at line {where + 1}" if isinstance(where, int) else ""
        said = f"This is not Turtle that can be read{line}. Check it with the program it came from."
        raise CannotOpen(said) from error
    scheme, notes = scheme_of(graph)
    return WordsRead(scheme, notes)


def sound(read: WordsRead) -> WordsRead:
    """The same list, once it is known to be one that may come in."""
    concepts = read.scheme.concepts
    if not concepts:
        raise CannotOpen("There are no words in this file.")
    if len(concepts) > MOST_CONCEPTS:
        raise CannotOpen(f"The file holds {len(concepts):,} words; {MOST_CONCEPTS:,} at a time is the most.")
    ring = ring_in(concepts)
    if ring:
        raise CannotOpen(
            f"“{ring}” is broader than itself, by way of others. Take one of those links away, and bring it again."
        )
    for one in concepts:
        if len(one.label) > LONGEST_LABEL or len(one.plain) > LONGEST_TEXT:
            raise CannotOpen(
                f"“{one.label[:60]}” is too long: a word may have {LONGEST_LABEL} letters, its meaning "
                f"{LONGEST_TEXT}."
            )
        wrong = next((uri for _, uri in one.links if not ADDRESS.match(uri)), "")
        if wrong:
            raise CannotOpen(f"“{one.label}” has a link that is no web address: {wrong[:80]}")
    return read


def _text(data: bytes) -> str:
    if b"\x00" in data[:4096]:
        raise CannotOpen("This is not text in UTF-8. Save a list of words as UTF-8: Turtle, JSON-LD or CSV.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotOpen("The letters of this file could not be read. Save it as UTF-8, and bring it again.")


def _refuse(*_: Any, **__: Any) -> Any:
    raise OSError("no connection is opened while a file is read")
