"""What a bid still lacks before it can be sent, each in a sentence that says where."""

from __future__ import annotations

import re

from commonweal.policy.competing import reserved_for
from commonweal.policy.papers import guided
from commonweal.procurement.models import Competition
from commonweal.procurement.package import Package

WORD = re.compile(r"\S+")


def words_in(text: str) -> int:
    """How many words, as people count them: what stands between blanks."""
    return len(WORD.findall(text))


def lacking(competition: Competition, package: Package) -> tuple[str, ...]:
    """Everything that keeps it from being sent, in the order of the form."""
    found = []
    if not (package.name and package.contact and package.reach):
        found.append("say who you are and how to reach you.")
    if package.alone is None:
        found.append("say whether you bid alone or with others.")
    if package.members and sum(one.share for one in package.members) != 100:
        found.append(f"the shares of those who bid together add up to "
                     f"{sum(one.share for one in package.members)}%, not 100%.")
    reserved = reserved_for(competition.commission.reserve)
    if reserved is not None and not package.eligible:
        found.append(f"say that you are one of those it is kept for ({reserved.name}).")
    found += [problem for key, _ in competition.criteria if (problem := _answer(key, package, competition.words))]
    if package.price is None and competition.commission.deal != "trade":
        found.append("give your price." if competition.commission.deal != "grant" else "say how much you ask for.")
    return tuple(found)


def _answer(key: str, package: Package, most: int) -> str:
    said, asked = package.answer(key), guided(key).words
    if not said.words.strip():
        return f"answer “{asked}”"
    if said.taken_over:
        return f"read and save what was taken over under “{asked}”"
    count = words_in(said.words)
    return f"“{asked}” has {count:,} words; {most:,} are allowed." if count > most else ""
