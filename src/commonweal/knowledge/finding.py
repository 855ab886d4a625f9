"""Finds a word by any of its names, spelled well or badly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

ALIKE = 0.5    # how much of two spellings must be the same, by threes of letters
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a word: `kind` says what sort (its own, another form, a sector's), `whose` the sector."""

    key: str
    name: str
    kind: str
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that fits, the name by which it was found, and how well."""

    key: str
    name: Named
    score: float


def plain_form(text: str) -> str:
    """Letters and digits alone, in lower case and without accents, one space between words."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_LETTERS.sub(" ", bare).strip()


def threes(text: str) -> frozenset[str]:
    """The threes of letters in a text, its ends marked."""
    padded = f"  {text} "
    return frozenset(padded[place:place + 3] for place in range(len(padded) - 2))


class Finder:
    """Every name of every word, ready to be searched."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = [(name, plain_form(name.name)) for name in names]
        self._threes = [threes(form) for _, form in self._names]

    def find(self, query: str, most: int = 30) -> tuple[Hit, ...]:
        """The words that fit, best first; each once, by its best name."""
        asked = plain_form(query)[:100]
        if not asked:
            return ()
        wanted = threes(asked)
        best: dict[str, Hit] = {}
        for (name, form), parts in zip(self._names, self._threes, strict=True):
            score = _score(asked, wanted, form, parts) - (0.02 if name.kind != "own" else 0)
            if score >= ALIKE and (name.key not in best or score > best[name.key].score):
                best[name.key] = Hit(name.key, name, score)
        return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.key))[:most])


def _score(asked: str, wanted: frozenset[str], form: str, parts: frozenset[str]) -> float:
    """From 0 to 2: the same, begins so, holds it as a word, spelled nearly so."""
    if form == asked:
        return 2.0
    if form.startswith(asked):
        return 1.6
    if f" {asked}" in f" {form}":
        return 1.3
    return 2 * len(wanted & parts) / (len(wanted) + len(parts))
