"""What a bid still lacks before it can be sent, each in a sentence that says where."""

from __future__ import annotations

import re
from decimal import Decimal

from commonweal.policy.competing import reserved_for
from commonweal.policy.papers import guided
from commonweal.procurement.models import Competition
from commonweal.procurement.package import Package
from commonweal.procurement.pages.rules import pounds

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
    over = above_the_sum(sum_of(competition), package.price)
    found += [over] if over and not competition.may_exceed else []
    return tuple(found)


def sum_of(competition: Competition) -> Decimal | None:
    """The sum of a grant, in all; None where nothing is granted or nobody said how much."""
    net: Decimal | None = competition.commission.net
    return net if competition.commission.deal == "grant" and net else None


def above_the_sum(there: Decimal | None, asked: Decimal | None) -> str:
    """That more is asked for than there is, in a sentence; nothing where it is not so."""
    if there is None or asked is None or asked <= there:
        return ""
    return f"you ask for {pounds(asked)}, and there is {pounds(there)} in all. Ask for that or less."


def _answer(key: str, package: Package, most: int) -> str:
    said, asked = package.answer(key), guided(key).words
    if not said.words.strip():
        return f"answer “{asked}”"
    if said.taken_over:
        return f"read and save what was taken over under “{asked}”"
    count = words_in(said.words)
    return f"“{asked}” has {count:,} words; {most:,} are allowed." if count > most else ""
