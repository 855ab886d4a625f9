"""Sets of comparators, for whoever may see them, with what they can say about size."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.arrays import MethodError
from commonweal.methods.scale import FEWEST, Fit, Foreseen, Joined, Optimum, fit, join, optimum, unit_cost
from commonweal.options.models import ComparatorSet

SEED = 2026


@dataclass(frozen=True, slots=True)
class SetCard:
    """A set in a list."""

    id: UUID
    title: str
    bodies: int


@dataclass(frozen=True, slots=True)
class BodyCard:
    """One comparator; pounds a year."""

    id: str
    name: str
    size: float
    cost: float


@dataclass(frozen=True, slots=True)
class SetView:
    """Comparators and what they say."""

    id: UUID
    title: str
    counts: str
    price_year: int
    source: str
    bodies: tuple[BodyCard, ...]
    fit: Fit
    foreseen: tuple[Foreseen, ...]
    optimum: Optimum | None


@dataclass(frozen=True, slots=True)
class JoinAsked:
    """Which bodies would do what share of their work as one, and what it costs once."""

    chosen: tuple[str, ...]
    share: float
    once: float


@dataclass(frozen=True, slots=True)
class JoinView:
    """What was asked, the bodies, and what may come of it; `problem` where nothing can be said."""

    asked: JoinAsked
    bodies: tuple[BodyCard, ...]
    joined: Joined | None
    problem: str = ""


def sets_for(viewer: Viewer, partnership: UUID) -> tuple[SetCard, ...]:
    """Every set of comparators, by name."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = ComparatorSet.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(SetCard(row.pk, row.title, row.bodies.count()) for row in rows.order_by("title"))


def set_row(viewer: Viewer, partnership: UUID, within: UUID) -> ComparatorSet:
    """The row itself, for an action."""
    rows = ComparatorSet.objects.visible_to(viewer, Purpose.PLANNING)
    found: ComparatorSet | None = rows.filter(partnership=partnership, pk=within).first()
    if found is None:
        raise NotFound("There is no such set of comparators, or none that you may see.")
    return found


def set_for(viewer: Viewer, partnership: UUID, within: UUID) -> SetView:
    """A set with everything worked out."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    row = set_row(viewer, partnership, within)
    bodies = tuple(
        BodyCard(str(one.pk), one.name, float(one.size), float(one.cost))
        for one in row.bodies.order_by("size", "name")
    )
    size, cost = np.array([one.size for one in bodies]), np.array([one.cost for one in bodies])
    found = fit(size, cost)
    can = not np.isnan(found.slope)
    return SetView(
        row.pk,
        row.title,
        row.counts,
        row.price_year,
        row.source,
        bodies,
        found,
        unit_cost(found, _shown(size)) if can else (),
        optimum(size, cost, seed=SEED) if len(bodies) >= FEWEST else None,
    )


def joining(found: SetView, asked: JoinAsked) -> JoinView:
    """What joining the chosen bodies may save."""
    bodies = tuple(one for one in found.bodies if one.id in asked.chosen)
    try:
        joined = join(
            found.fit,
            sizes=[one.size for one in bodies],
            costs=[one.cost for one in bodies],
            share=asked.share,
            once=asked.once,
        )
    except MethodError as error:
        return JoinView(asked, bodies, None, str(error))
    return JoinView(asked, bodies, joined)


def _shown(size: np.ndarray) -> list[float]:
    """Five sizes from the smallest to the largest, evenly by ratio, rounded as people say them."""
    steps = np.geomspace(size.min(), size.max(), 5)
    return sorted({float(f"{one:.2g}") for one in steps})
