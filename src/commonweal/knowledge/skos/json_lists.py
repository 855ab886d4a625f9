"""Word lists in JSON: SKOS as JSON-LD, OpenActive's activity list, and the lists of ESD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from commonweal.knowledge.skos.model import Concept, Scheme, WordsRead, settled, tidy
from commonweal.lake.opening.model import CannotOpen

OPENACTIVE = ("https://openactive.io/", "http://openactive.io/", "https://openactive.io/ns/oa.jsonld")
DEEPEST = 60


def from_json(text: str) -> WordsRead:
    """Whichever of the three it is."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CannotOpen("This is not JSON that can be read. Check it with the program it came from.") from error
    _check_depth(found)
    if isinstance(found, dict) and isinstance(found.get("list"), dict):
        return from_esd(found["list"])
    if isinstance(found, dict) and found.get("@context") in OPENACTIVE:
        return from_openactive(found)
    return from_json_ld(found)


def from_esd(listed: dict[str, Any]) -> WordsRead:
    """A list of the Local Government Association's (standards.esd.org.uk) in its own JSON."""
    items = listed.get("items")
    if not isinstance(items, list):
        raise CannotOpen("This looks like a list from ESD, but it has no items.")
    concepts, notes = [], []
    for item in (one for one in items if isinstance(one, dict)):
        uri, label = tidy(item.get("uri") or ""), tidy(item.get("label") or "")
        if not uri or not label:
            notes.append(f"Item {tidy(item.get('identifier', '?'))} has no label or no address and was left out.")
            continue
        parents = [one for one in item.get("parents") or () if isinstance(one, dict)]
        concepts.append(Concept(
            uri=uri, label=label, plain=tidy(item.get("description") or ""), id=tidy(item.get("identifier") or ""),
            broader=tuple(tidy(one["uri"]) for one in parents if one.get("uri")), links=(("exact", uri),),
            source=tidy(listed.get("rights") or "ESD lists, Open Government Licence"),
        ))
    title = tidy(listed.get("label") or "A list from ESD")
    return WordsRead(settled(Scheme(tidy(listed.get("uri") or "urn:commonweal:esd"), title, tuple(concepts))),
                     tuple(notes))


def from_openactive(listed: dict[str, Any]) -> WordsRead:
    """OpenActive's activity list as it is published: concepts without a fetched context."""
    rows = listed.get("concept") or listed.get("hasTopConcept") or []
    concepts, notes = [], []
    for row in (one for one in rows if isinstance(one, dict)):
        uri, label = tidy(row.get("id") or row.get("@id") or ""), tidy(_first(row.get("prefLabel")))
        if not uri or not label:
            notes.append("A concept without a label or an address was left out.")
            continue
        concepts.append(Concept(
            uri=uri, label=label, plain=tidy(_first(row.get("definition"))), id=tidy(row.get("notation") or ""),
            also=tuple(tidy(one) for one in _many(row.get("altLabel"))), broader=_uris(row.get("broader")),
            related=_uris(row.get("related")), links=(("exact", uri),),
            source="OpenActive activity list, CC BY 4.0",
        ))
    title = tidy(listed.get("title") or listed.get("prefLabel") or "OpenActive activity list")
    uri = tidy(listed.get("id") or listed.get("@id") or OPENACTIVE[0] + "activity-list")
    return WordsRead(settled(Scheme(uri, title, tuple(concepts))), tuple(notes))


def from_json_ld(found: Any) -> WordsRead:
    """SKOS in JSON-LD whose context is in the file itself."""
    from rdflib import Graph

    from commonweal.knowledge.skos.graph import scheme_of

    remote = next(_remote(found), "")
    if remote:
        raise CannotOpen(
            f"This file leans on {remote[:120]}, and nothing is fetched from the web while a file is read. "
            "Save it with its context inside, or as Turtle."
        )
    graph = Graph()
    try:
        graph.parse(data=json.dumps(found), format="json-ld")
    except Exception as error:  # the reader raises whatever the file makes it trip over
        raise CannotOpen("This JSON is not SKOS that can be read. Bring it as Turtle or CSV.") from error
    scheme, notes = scheme_of(graph)
    return WordsRead(scheme, notes)


def _remote(found: Any) -> Iterator[str]:
    """Every context that would have to be fetched, wherever it stands."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key in {"@context", "@import"}:
                yield from (one for one in _many(value) if isinstance(one, str))
            yield from _remote(value)
    elif isinstance(found, list):
        for one in found:
            yield from _remote(one)


def _check_depth(found: Any) -> None:
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise CannotOpen("This JSON is nested far deeper than any list of words.")
        level = [
            inner for one in level if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]


def _many(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _first(value: Any) -> Any:
    """The text itself, or that of the first language there is."""
    for one in _many(value):
        if isinstance(one, dict):
            return one.get("@value", "")
        return one
    return ""


def _uris(value: Any) -> tuple[str, ...]:
    ids = (one.get("id") or one.get("@id") if isinstance(one, dict) else one for one in _many(value))
    return tuple(tidy(one) for one in ids if one)
