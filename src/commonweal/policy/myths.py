"""What people believe of commissioning that is not so, dated and cited; found by words and by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from commonweal.policy.procurement_law import Cited, address_of, law_content


@dataclass(frozen=True, slots=True)
class Myth(Cited):
    """A myth, the truth, since when that holds, and where it may be read."""

    number: int
    myth: str
    truth: str
    since: date
    link: str
    about: tuple[str, ...]

    @property
    def words(self) -> str:
        """All that a search looks through."""
        return f"{self.myth} {self.truth} {' '.join(self.about)}".casefold()


@cache
def myths() -> tuple[Myth, ...]:
    """Every myth by its number."""
    return tuple(
        Myth(row["source"], row["verification"], row["number"], row["myth"], row["truth"], row["since"],
             row.get("address") or address_of(row["source"]), tuple(row["about"]))
        for row in law_content("myths")["myths"]
    )


def myths_read_by() -> date:
    """The day by which somebody should have read them again."""
    day: date = law_content("myths")["review_by"]
    return day


def myths_about(asked: str) -> tuple[Myth, ...]:
    """Those in which every word asked for stands; all where nothing is asked."""
    words = asked.casefold().split()
    return tuple(one for one in myths() if all(word in one.words for word in words))


def myths_at(place: str) -> tuple[Myth, ...]:
    """Those believed at a step; KeyError where there is no such step."""
    return myths_numbered(tuple(law_content("myths")["places"][place]))


def myths_numbered(numbers: tuple[int, ...]) -> tuple[Myth, ...]:
    """Those with these numbers, in the order asked for."""
    held = {one.number: one for one in myths()}
    return tuple(held[number] for number in numbers)
