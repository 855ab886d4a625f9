"""What small-grant forms ask, answered from what a group has already said, so that each thing is written once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core.viewer import Viewer
from commonweal.providers.content import read
from commonweal.providers.models import Provider
from commonweal.providers.queries.profiles import LineCard, ProfileCard, own_profile


@dataclass(frozen=True, slots=True)
class Answered:
    """One question as forms ask it, what is known, and what to do where nothing is."""

    ask: str
    known: tuple[str, ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class Answers:
    """All of them, for one group."""

    name: str
    confirmed: date | None
    rows: tuple[Answered, ...]

    @property
    def lacking(self) -> int:
        """How many are not answered yet."""
        return sum(not row.known for row in self.rows)


def answers_for(viewer: Viewer, partnership: UUID) -> Answers:
    """The answers of the organisation one acts for."""
    body, card = own_profile(viewer, partnership)
    return Answers(
        body.name if body else "", card.confirmed if card else None,
        tuple(Answered(one["ask"], _known(one["from"], body, card), one["unknown"])
              for one in read("answers")["questions"]),
    )


def _known(name: str, body: Provider | None, card: ProfileCard | None) -> tuple[str, ...]:
    if name == "name":
        return (body.name,) if body else ()
    if card is None:
        return ()
    lines = next((found for kind, _, found in card.lines if kind == name), None)
    if lines is not None:
        return tuple(_line(one) for one in lines if not one.over)
    value = getattr(card, name, None)
    if value in (None, ""):
        return ()
    if name == "turnover":
        return (f"£{value:,.0f}" + (f" in {card.turnover_year}" if card.turnover_year else ""),)
    return (f"{value:,}" if isinstance(value, int) else str(value),)


def _line(one: LineCard) -> str:
    return f"{one.text}, until {one.until:%-d %B %Y}" if one.until else one.text
