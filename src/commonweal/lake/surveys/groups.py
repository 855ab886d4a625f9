"""What one cell says of a person, read into the groups that the population is published in."""

from __future__ import annotations

import re

from commonweal.lake.surveys.words import Use, words

OLDEST = 120
_SPAN = re.compile(r"(\d{1,3})\s*(?:-|–|to|and)\s*(\d{1,3})")
_OVER = re.compile(r"(\d{1,3})\s*(?:\+|plus|(?:years? )?(?:and|or) (?:over|above|older))|over\s*(\d{1,3})")
_UNDER = re.compile(r"(?:under|below|less than|younger than)\s*(\d{1,3})|(\d{1,3})\s*(?:and|or) (?:under|younger)")
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?")


def group_of(use: Use, cell: str) -> str | None:
    """The group of a cell, None where it says none: sex, ethnic group, disability and age."""
    said = cell.strip().casefold()
    if not said or words().not_said.search(said):
        return None
    if use is Use.AGE:
        return age_group(said)
    return next((group for pattern, group in words().groups[use] if pattern.search(said)), None)


def age_group(said: str) -> str | None:
    """An age or a band of ages as a band in words: "37" and "35-44" are "35 to 44", "65+" is "65 and over"."""
    if found := _SPAN.search(said):
        first, last = int(found[1]), int(found[2])
        return band(first, last) if first <= last <= OLDEST else None
    if found := _UNDER.search(said):
        return band(0, int(found[1]) - 1 if found[1] else int(found[2]))
    if found := _OVER.search(said):
        return band(int(found[1]) if found[1] else int(found[2]) + 1, OLDEST)
    if found := _AGE.fullmatch(said):
        return _band_of(int(found[1]))
    return None


def band(first: int, last: int) -> str | None:
    """A band in words, None where it is not one of people's ages."""
    if not 0 <= first <= last <= OLDEST:
        return None
    if last == OLDEST:
        return f"{first} and over"
    return f"{first} to {last}"


def ages_in(group: str) -> tuple[int, int]:
    """The first and last age of a band in words."""
    first, _, last = group.partition(" to ")
    return (int(first), int(last)) if last else (int(group.split(maxsplit=1)[0]), OLDEST)


def yes_or_no(cell: str) -> str | None:
    """Yes, no or not sure; None where a cell says none of them."""
    said = cell.strip().casefold()
    return next((word for pattern, word in words().yes_no if pattern.search(said)), None)


def _band_of(age: int) -> str | None:
    starts = words().age_bands
    if age > OLDEST:
        return None
    at = max(index for index, start in enumerate(starts) if start <= age)
    return band(starts[at], starts[at + 1] - 1 if at + 1 < len(starts) else OLDEST)


