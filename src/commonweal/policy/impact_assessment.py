"""A data-protection impact assessment drafted from facts: which lines stand, which risks, which measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commonweal.policy.sharing_words import sharing_words

FLAGS = ("special", "health", "children", "police")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of an agreement (`flags`), and the words that lines are filled in with."""

    flags: frozenset[str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the description or of necessity, with the point of Article 35(7) it answers."""

    title: str
    article: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk to people: why it arises here, how high it may be, what the product does, what the parties add."""

    title: str
    why: str
    suggested: str
    measures: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Needed:
    """What one kind of data asks for."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft, before anybody has judged it."""

    personal: bool
    sections: tuple[Section, ...]
    risks: tuple[Risk, ...]
    needs: tuple[Needed, ...]
    consult: tuple[str, ...]
    closing: str


def drafted(facts: Facts, of: str = "impact_assessment") -> Draft:
    """The draft that the facts give; `of` names the file of words it is drafted from."""
    words = sharing_words(of)
    personal = "personal" in facts.flags
    return Draft(
        personal,
        tuple(Section(one["title"], one["article"], _lines(one["lines"], facts)) for one in words["sections"]),
        tuple(_risk(one, facts, words) for one in words["risks"] if personal and _holds(one["when"], facts)),
        tuple(Needed(one["title"], tuple(one["points"])) for one in words["needs"] if _holds(one["when"], facts)),
        _lines(words["consult"], facts) if personal else (),
        words["closing"].format(**facts.words),
    )


def flag_words(flags: Iterable[str]) -> str:
    """The kinds of data that ask for advice before anybody signs, in words."""
    known = sharing_words("impact_assessment")["flags"]
    said = [known[one] for one in FLAGS if one in set(flags)]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def _holds(when: str, facts: Facts) -> bool:
    return when == "always" or when in facts.flags


def _lines(rows: list[dict[str, str]], facts: Facts) -> tuple[str, ...]:
    return tuple(one["text"].format(**facts.words) for one in rows if _holds(one["when"], facts))


def _risk(row: dict[str, Any], facts: Facts, words: dict[str, Any]) -> Risk:
    chance, harm = row["suggested"]["chance"], row["suggested"]["harm"]
    level = words["levels"]["words"].format(chance=chance, harm=harm, level=words["levels"]["table"][chance][harm])
    return Risk(
        row["title"], row["why"].format(**facts.words), level[:1].upper() + level[1:],
        tuple(words["measures"][one] for one in row["measures"]), row["ask"].format(**facts.words),
    )
