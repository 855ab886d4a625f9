"""How a provider's own services are set out: what is said of each, and the agreed needs it answers."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.needs.models import Answers
from commonweal.needs.pages.services import asked_says, cost_of, counted, words
from commonweal.needs.queries.own_services import OwnService
from commonweal.needs.wording import fill
from commonweal.present.wording import listed


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One service: its name, what it costs and why it runs, which agreed needs it answers, and what was asked."""

    name: str
    what: str
    needs: str
    asked: str


def own_answer(found: tuple[OwnService, ...]) -> str:
    """The sentence that comes first."""
    say = words()["own"]
    if not found:
        return str(say["none"])
    serving = sum(bool(one.needs) for one in found)
    return fill(say["answer"], services=counted(len(found), "service"), serving=serving or "none",
                are="is" if serving < 2 else "are")


def own_lines(found: tuple[OwnService, ...]) -> tuple[OwnLine, ...]:
    """Every service in the words of the page."""
    return tuple(
        OwnLine(one.card.name, f"{cost_of(one.card)}. {one.card.reason.label}.", _needs(one),
                asked_says(one.card) if one.card.continues or one.card.asked else "")
        for one in found
    )


def _needs(one: OwnService) -> str:
    say = words()["own"]
    whole, part = ([title for title, far in one.needs if far is kind] for kind in (Answers.WHOLE, Answers.PART))
    parts = [fill(say[key], needs=listed(titles)) for key, titles in (("whole", whole), ("part", part)) if titles]
    if one.unsettled:
        parts.append(fill(say["unsettled"], n=counted(one.unsettled, "need")))
    return " ".join(parts) or str(say["nothing"])
