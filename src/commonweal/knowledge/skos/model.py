"""A word list between a file and our records: concepts with their addresses, in one settled order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from commonweal.policy.glossary import MATCHES

MOST_CONCEPTS = 5_000
LONGEST_LABEL, LONGEST_TEXT = 120, 1_000
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,380}\Z")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: `uri` is its address; `words` are (sector, word, meaning); `links` are (match, address)."""

    uri: str
    label: str
    plain: str = ""
    also: tuple[str, ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of concepts under a title."""

    uri: str
    title: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What a file holds, and in sentences what was left out or mended on the way."""

    scheme: Scheme
    notes: tuple[str, ...] = ()


def tidy(text: object) -> str:
    """One line of text without blanks at its ends."""
    return _SPACES.sub(" ", str(text)).strip()


def settled(scheme: Scheme) -> Scheme:
    """The same list in the one form that every format gives back: sorted, each thing once, no form said twice."""
    concepts = sorted((_settled(one) for one in scheme.concepts), key=lambda one: one.uri)
    return replace(scheme, title=tidy(scheme.title), concepts=tuple(_related_both_ways(concepts)))


def _settled(one: Concept) -> Concept:
    label = tidy(one.label)
    words = tuple(sorted({
        (sector, tidy(word), tidy(meaning)) for sector, word, meaning in one.words if tidy(word)
    }))
    said = {label, *(word for _, word, _ in words)}
    return replace(
        one, label=label, plain=tidy(one.plain), words=words,
        also=tuple(sorted({tidy(form) for form in one.also} - said - {""})),
        broader=tuple(sorted(set(one.broader) - {one.uri})), related=tuple(sorted(set(one.related) - {one.uri})),
        links=tuple(sorted({(match, uri) for match, uri in one.links if match in MATCHES})),
        source=tidy(one.source),
    )


def _related_both_ways(concepts: list[Concept]) -> Iterable[Concept]:
    """SKOS says that being related goes both ways, and that nothing is related to what is above it."""
    above = {one.uri: _above(one.uri, {each.uri: each.broader for each in concepts}) for one in concepts}
    pairs = {(one.uri, other) for one in concepts for other in one.related if other in above}
    pairs |= {(other, one) for one, other in pairs}
    for one in concepts:
        mine = {other for uri, other in pairs if uri == one.uri}
        apart = {other for other in mine if other in above[one.uri] or one.uri in above[other]}
        yield replace(
            one, related=tuple(sorted(mine - apart)), broader=tuple(uri for uri in one.broader if uri in above)
        )


def _above(uri: str, broader: dict[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    ahead = list(broader.get(uri, ()))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += broader.get(one, ())
    return frozenset(found)


def ring_in(concepts: Iterable[Concept]) -> str:
    """The label of a concept that is broader than itself, through others; empty where there is none."""
    held = {one.uri: one for one in concepts}
    broader = {uri: one.broader for uri, one in held.items()}
    done: set[str] = set()
    for start in held:
        path: dict[str, None] = {}
        ahead = [(start, iter(broader[start]))] if start not in done else []
        path[start] = None
        while ahead:
            uri, above = ahead[-1]
            following = next(above, None)
            if following is None:
                ahead.pop()
                path.pop(uri, None)
                done.add(uri)
            elif following in path:
                return held[following].label
            elif following in held and following not in done:
                path[following] = None
                ahead.append((following, iter(broader[following])))
    return ""
