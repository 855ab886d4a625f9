"""The short list of skills, and which of them help with what, read from their content file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from commonweal.needs.content import read


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: with what it helps, the kinds of evidence it helps to read, and whether it helps with tables."""

    key: str
    title: str
    helps: str
    kinds: tuple[str, ...]
    data: bool


@cache
def skills() -> tuple[Skill, ...]:
    """Every skill, in the order of the file."""
    return tuple(Skill(**{**one, "kinds": tuple(one["kinds"])}) for one in read("skills")["skills"])


@cache
def skill_titles() -> dict[str, str]:
    """The title of each."""
    return {one.key: one.title for one in skills()}


def skills_for(kind: str) -> tuple[str, ...]:
    """The keys that help to read a kind of evidence."""
    return tuple(one.key for one in skills() if kind in one.kinds)


def skills_for_data() -> tuple[str, ...]:
    """The keys that help to read a table of numbers."""
    return tuple(one.key for one in skills() if one.data)


def skill_words() -> dict[str, str]:
    """The words of the pages."""
    found: dict[str, str] = read("skills")["words"]
    return found
