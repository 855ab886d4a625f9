"""What a requirement is held against: the words of the need or outcome that it answers."""

from __future__ import annotations

from commonweal.needs.models import NeedVersion
from commonweal.policy.over_specifying import Flag
from commonweal.priorities.models import OutcomeVersion


def words_of(need: NeedVersion | None, outcome: OutcomeVersion | None) -> str:
    """What the need or the outcome says; nothing where there is neither."""
    if need is not None:
        return f"{need.what} {need.who} {need.where}"
    return f"{outcome.title} {outcome.statement} {outcome.who} {outcome.where}" if outcome is not None else ""


def lays_down(flag: Flag, named: str) -> str:
    """What to do about words that lay down too much, in a sentence; `named` is which words are meant."""
    why = f"{flag.why[:1].lower()}{flag.why[1:]}"
    return f"{named} “{flag.found}”: {why} {flag.offer} Or say why it must be laid down."
