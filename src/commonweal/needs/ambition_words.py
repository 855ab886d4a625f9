"""By which words an aim is looked for in what partners said and in what is published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from commonweal.needs.content import read

WORD = re.compile(r"[^\W_]+")
ENDINGS = ("ing", "ers", "er", "es", "s", "e")
STEM = 4  # the least letters that are left of a word when its ending goes


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: the aim's own words, its group, its theme, and the name of its place."""

    words: tuple[str, ...]
    group: tuple[str, ...]
    theme: tuple[str, ...]
    place: str
    said: tuple[str, ...] = ()  # the aim's own words as they were written

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms by which something is found; a place by itself finds nothing."""
        return tuple(dict.fromkeys((*self.words, *self.group, *self.theme)))

    def fits(self, text: str) -> int:
        """By how many of words, group, theme and place a text fits; nothing where only the place does."""
        hits = [hit(terms, text) for terms in (self.words, self.words, self.group, self.theme)]
        return sum(hits) + (self.place.casefold() in text.casefold()) if any(hits) else 0


def sought(aim: str, who: str, theme: str, place: str) -> Sought:
    """What an aim is looked for by: words that say something, everyday words of its group and of its theme."""
    said = f"{aim} {who}"
    group = tuple(term for one in read("ambition")["groups"] if hit(tuple(one["terms"]), said)
                  for term in one["terms"])
    known = [one for one in dict.fromkeys(WORD.findall(said.casefold())) if len(one) > 2 and one not in _plain()]
    own = tuple(one for one in known if not hit(group, one))[: read("ambition")["most"]["terms"]]
    stems, of_theme = dict.fromkeys(stem(one) for one in own), read("ambition")["themes"].get(theme, ())
    return Sought(tuple(stems), tuple(dict.fromkeys(group)), tuple(of_theme), place, own)


def stem(word: str) -> str:
    """A word without its ending, so that dance finds dancing; short words stay whole."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return f"{word[: -len(ending)]}*"
    return f"{word}*" if len(word) > STEM else word


def count_words(kind: str, number: int) -> str:
    """'2 pieces of evidence'."""
    one, many = read("ambition")["counts"][kind]
    return f"{number:,} {one if number == 1 else many}"


def pattern(terms: Iterable[str]) -> str:
    """One expression for all terms, in the form that both databases and Python understand."""
    return f"(^|[^a-z0-9])({'|'.join(_shape(term) for term in terms)})"


def hit(terms: tuple[str, ...], text: str) -> bool:
    """Whether any of the terms stands in a text."""
    return bool(terms) and re.search(pattern(terms), text, re.IGNORECASE) is not None


def _shape(term: str) -> str:
    return re.escape(term[:-1]) if term.endswith("*") else f"{re.escape(term)}s?($|[^a-z0-9])"


@cache
def _plain() -> frozenset[str]:
    return frozenset(word for line in read("ambition")["plain"] for word in line)
