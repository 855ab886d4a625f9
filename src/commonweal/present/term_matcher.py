"""Finds known terms in running text: whole words, plurals too, the longest first, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:&[^\W_]+|['’](?!s\b)[^\W_]+)*")  # "LAA's" is LAA
BETWEEN = re.compile(r"[\s\-‐‑–]{1,3}\Z")  # what may stand between the words of one term


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term stands in a text."""

    start: int
    end: int
    key: str


class Matcher:
    """Every form of every term, filed under its first word.

    A form with two or more capital letters (LAA, TUPE, IDeA) is matched as it is written, so that
    "cat" is never a community asset transfer; any other in upper or lower case, and in the plural.
    """

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._folded: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form, key in forms:
            words = tuple(WORD.findall(form))
            if not words:
                continue
            if is_abbreviation(form):
                self._exact.setdefault(words[0], []).append((words, key))
                continue
            folded = tuple(word.casefold() for word in words)
            for each in {folded, (*folded[:-1], plural(folded[-1]))}:
                self._folded.setdefault(each[0], []).append((each, key))
        for shelf in (self._exact, self._folded):
            for candidates in shelf.values():
                candidates.sort(key=lambda one: -len(one[0]))

    def found_in(self, text: str) -> Iterator[Match]:
        """Matches in order, none within another."""
        words = list(WORD.finditer(text))
        place = 0
        while place < len(words):
            found = self._at(text, words, place)
            if found is None:
                place += 1
                continue
            length, key = found
            yield Match(words[place].start(), words[place + length - 1].end(), key)
            place += length

    def _at(self, text: str, words: list[re.Match[str]], place: int) -> tuple[int, str] | None:
        """The longest term that begins at one word: how many words it takes, and which it is."""
        first = words[place].group()
        exact = self._exact.get(first, ())
        folded = self._folded.get(first.casefold(), ())
        if not exact and not folded:
            return None
        best: tuple[int, str] | None = None
        for shelf, fold in ((exact, False), (folded, True)):
            for wanted, key in shelf:
                if best is not None and len(wanted) <= best[0]:
                    break
                if self._fits(text, words[place:place + len(wanted)], wanted, fold):
                    best = (len(wanted), key)
        return best

    @staticmethod
    def _fits(text: str, words: list[re.Match[str]], wanted: tuple[str, ...], fold: bool) -> bool:
        if len(words) != len(wanted):
            return False
        said = (word.group().casefold() if fold else word.group() for word in words)
        joined = all(
            BETWEEN.match(text[left.end():right.start()]) for left, right in pairwise(words)
        )
        return joined and all(one == other for one, other in zip(said, wanted, strict=True))


def is_abbreviation(form: str) -> bool:
    """Whether a form is told by its capital letters."""
    return any(sum(letter.isupper() for letter in word) > 1 for word in form.split())


def plural(word: str) -> str:
    """The plural of an English word, where it is regular."""
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es" if not word.endswith("ss") or len(word) > 3 else word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"
