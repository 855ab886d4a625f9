"""People behind the visits of several systems together: bounds, closer where they are linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.queries.linking import LinkedPair, linked_pair
from commonweal.core.viewer import Viewer
from commonweal.methods.benefit import Between, people_across
from commonweal.needs.queries.benefit import Benefit, benefit_for
from commonweal.needs.queries.visits import SystemCard


@dataclass(frozen=True, slots=True)
class Across:
    """The latest year that several systems show: their titles, and the least and most people of all together."""

    label: str
    systems: tuple[str, ...]
    people: Between
    linked: LinkedPair | None = None


def people_of_all(viewer: Viewer, partnership: UUID, systems: Iterable[SystemCard]) -> Across | None:
    """People of all systems the viewer sees in one year; nothing where fewer than two show theirs.

    Each system counts under a key of its own organisation, so that the same person in two of them cannot be known:
    at least the largest count, at most all together. What each shows is released already.
    """
    read = [one for one in systems if one.read]
    if len(read) < 2:
        return None
    by_year: defaultdict[str, list[Benefit]] = defaultdict(list)
    for one in read:
        try:
            found = benefit_for(viewer, partnership, one.id)
        except NotFound:
            continue
        if found.members:
            by_year[found.summary.label].append(found)
    several = {year: found for year, found in by_year.items() if len(found) > 1}
    if not several:
        return None
    year = max(several)
    found_then = several[year]
    members = [one.members or 0 for one in found_then]
    linked = linked_pair(viewer, partnership, tuple(one.system.id for one in found_then))
    if linked and any(linked.people[one.system.id] < (one.members or 0) for one in found_then):
        linked = None  # a list without everybody who came says too little of who came to both
    return Across(
        year, tuple(one.system.title for one in found_then),
        people_across(members, shared=linked.most if linked else None), linked,
    )
