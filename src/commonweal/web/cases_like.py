"""Cases most like a place and its needs: its own, its neighbours', then the same kind, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PlaceCard, partnership_for
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.knowledge.cases import Case, kind_of, titles
from commonweal.knowledge.queries.cases import cases_for
from commonweal.needs.models import NeedState
from commonweal.needs.queries.evidence import StoreEmpty, evidence
from commonweal.needs.queries.needs import needs_for
from commonweal.needs.queries.scope import district_scope

OWN, NEIGHBOUR, SAME_KIND, NEED = 4, 3, 1, 2
AMOUNT = {"figures": 0, "own": 1, "outline": 2, "named": 3}


@dataclass(frozen=True, slots=True)
class Like:
    """What cases are held against: the place's codes and kinds, places like it, and needs."""

    codes: frozenset[str]
    kinds: frozenset[str]
    neighbours: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Near:
    """One case, how near it is, and why in words."""

    case: Case
    score: int
    why: str


def cases_like(viewer: Viewer, partnership: UUID, need: str = "") -> tuple[Near, ...]:
    """Every case, nearest first: to the partnership's places, and to one need or to those it has."""
    view = partnership_for(viewer, partnership)
    needs = {need} if need in titles("needs") else _needs(viewer, partnership)
    return nearest(cases_for(viewer), like_of(view.places, needs))


def nearest(cases: Iterable[Case], like: Like) -> tuple[Near, ...]:
    """Each with its score; of equals, the one of which most is known."""
    found = [_near(case, like) for case in cases]
    return tuple(sorted(found, key=lambda one: (-one.score, AMOUNT[one.case.known], one.case.title)))


def like_of(places: Iterable[PlaceCard], needs: Iterable[str]) -> Like:
    """What the places are and which places are like them, by the published list of statistical neighbours."""
    codes = [place.code for place in places if place.code]
    return Like(
        frozenset(codes), frozenset(kind_of(code) for code in codes) - {""},
        frozenset(one for code in codes for one in _neighbours(code)), frozenset(needs),
    )


def _neighbours(code: str) -> tuple[str, ...]:
    try:
        held = evidence(stores().for_code(code))
    except StoreEmpty:
        return ()
    return district_scope(held, code).neighbours if code in held.geography.districts else ()


def _needs(viewer: Viewer, partnership: UUID) -> set[str]:
    """Themes of the needs that stand; none for those who do not see needs."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return set()
    return {one.theme for one in needs_for(viewer, partnership) if one.state != NeedState.WITHDRAWN}


def _near(case: Case, like: Like) -> Near:
    score, why = 0, []
    if like.codes & set(case.codes):
        score, why = OWN, ["Your own place."]
    elif like.neighbours & set(case.codes):
        score, why = NEIGHBOUR, ["Among the places most like yours."]
    elif case.kind in like.kinds:
        score, why = SAME_KIND, ["The same kind of council."]
    shared = [titles("needs")[key].lower() for key in case.needs if key in like.needs]
    if shared:
        score += NEED
        why.append(f"A need of yours: {', '.join(shared)}.")
    return Near(case, score, " ".join(why))
