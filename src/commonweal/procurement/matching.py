"""Why a coming commission may be for an organisation, in words that both can check; nothing is scored."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORT = 4       # letters of a word below which it says nothing of what is done
_STOP = """
    with from that this they have over their people groups group more your ours home live every week year years
    within should want near into them after before while there where when what which community work working
    support help local area areas place somebody anybody
"""
STOP = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Sought:
    """What a commission asks: classes of activity, its words, and the districts it is for (none: not known)."""

    classes: frozenset[str]
    words: frozenset[str]
    districts: frozenset[str]
    place: str


@dataclass(frozen=True, slots=True)
class Could:
    """What an organisation says, or its registers say, that it does, for whom and where."""

    classes: frozenset[str]
    does: tuple[str, ...]
    groups: tuple[str, ...]
    district: str


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say something of what is done or for whom."""
    found = re.findall(r"[a-z]+", text.casefold())
    return frozenset(one[:7] for one in found if len(one) >= SHORT and one not in STOP)


def reasons(asked: Sought, could: Could, titles: dict[str, str]) -> tuple[str, ...]:
    """Why the two fit; nothing where they do not, or where the organisation is known to be elsewhere.

    A fit takes something that is done (a class of activity in common, or a line of the profile that shares a
    telling word) or somebody it reaches. A place in common is a reason more; a place that is not known is no
    obstacle, since telling one too many does no harm and telling one too few does.
    """
    if asked.districts and could.district and could.district not in asked.districts:
        return ()
    shared, does, groups = fits(asked, could, titles)
    found = [f"It asks for {' and '.join(shared)}, and you do that."] if shared else []
    found += [f"It speaks of what you do: {line}." for line in does]
    found += [f"It is for people you reach: {line}." for line in groups]
    if not found:
        return ()
    if could.district and could.district in asked.districts:
        found.append(f"It is for {asked.place}, where you are.")
    elif not could.district:
        found.append(f"It is for {asked.place}. Where you work is not known here.")
    return tuple(found)


def fits(asked: Sought, could: Could, titles: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    """What fits: classes of activity, lines of what is done, lines of who is reached; at most two lines each."""
    shared = tuple(titles[one].lower() for one in titles if one in asked.classes & could.classes)
    told = [tuple(line for line in lines if telling_words(line) & asked.words)[:2]
            for lines in (could.does, could.groups)]
    return shared, told[0], told[1]
