"""Which authorities a national figure rests on, where each makes a return and not all of them did."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.needs.card import Card, Level
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.values import Lack, published_at
from commonweal.needs.wording import say
from commonweal.present import wording


@dataclass(frozen=True, slots=True)
class Returns:
    """How many authorities there are, how many returns are used, and whose are held back as too far out."""

    authorities: int
    used: int
    held_back: tuple[str, ...]

    @property
    def none(self) -> int:
        """How many made no return."""
        return self.authorities - self.used - len(self.held_back)


def returns_of(held: Evidence, card: Card, period: str) -> Returns | None:
    """The returns behind England's figure; nothing for other cards, or where every return is used."""
    if not card.source.per or card.source.level is not Level.UPPER:
        return None
    return held.once(("returns", card.id, period), lambda: _counted(held, card, period))


def _counted(held: Evidence, card: Card, period: str) -> Returns | None:
    geography = held.geography
    authorities = dict.fromkeys(geography.county_of.get(code, code) for code in geography.districts)
    used, back = 0, []
    for code in authorities:
        value = published_at(held, card, code, period)
        if value is not None and value.value is not None:
            used += 1
        elif value is not None and value.lack is Lack.IMPLAUSIBLE:
            back.append(geography.name(code))
    return Returns(len(authorities), used, tuple(sorted(back))) if used < len(authorities) else None


def base_words(card: Card, returns: Returns | None) -> str:
    """Of whom England's figure is, when some authorities are not in it."""
    if returns is None:
        return card.base
    return say("returns.base", base=card.base, used=returns.used, total=returns.authorities)


def returns_sentence(returns: Returns | None) -> str:
    """How many returns the figure for England rests on, and what became of the rest."""
    if returns is None:
        return ""
    key = "both" if returns.none and returns.held_back else "none" if returns.none else "back"
    return say(f"returns.{key}", used=returns.used, total=returns.authorities, none=returns.none,
               names=wording.listed(returns.held_back))
