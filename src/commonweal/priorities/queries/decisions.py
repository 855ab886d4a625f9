"""Decisions on priorities as they were taken, with what each stood on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.present.status import long_date
from commonweal.present.wording import number
from commonweal.priorities.frozen import digest_of
from commonweal.priorities.models import Decision, DecisionVersion
from commonweal.priorities.queries.held_evidence import StoodPiece, stood_pieces


@dataclass(frozen=True, slots=True)
class FrozenCandidate:
    """A candidate as it stood when it was decided on."""

    title: str
    statement: str
    needs: tuple[str, ...]
    targets: tuple[str, ...]
    want_place: int | None
    need_place: int | None
    because: str
    must: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One priority with its place; 0 where it must be done anyway."""

    place: int
    outcome: UUID
    title: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One version of a decision; `whole` is false where what it stood on is not what was frozen."""

    id: UUID
    number: int
    newest: bool
    title: str
    body: str
    reasons: str
    decided_on: date
    takers: tuple[str, ...]
    priorities: tuple[Placed, ...]
    weighing: UUID
    answer: str
    partings: tuple[str, ...]
    candidates: tuple[FrozenCandidate, ...]
    pieces: tuple[StoodPiece, ...]
    digest: str
    whole: bool

    @property
    def ordered(self) -> tuple[Placed, ...]:
        """Those with a place."""
        return tuple(one for one in self.priorities if one.place)

    @property
    def musts(self) -> tuple[Placed, ...]:
        """Those done whatever the scores."""
        return tuple(one for one in self.priorities if not one.place)

    @property
    def sentence(self) -> str:
        """The decision in a sentence."""
        names = [one.title for one in self.ordered]
        return f"{self.body} put {names[0]} first" + (f", then {', '.join(names[1:])}." if names[1:] else ".")


def decisions_for(viewer: Viewer, partnership: UUID) -> tuple[DecisionView, ...]:
    """The newest version of every decision, the latest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = _rows(viewer, partnership).latest_each().order_by("-decided_on", "-recorded_at")
    return tuple(_view(viewer, row, newest=True) for row in rows)


def decision_for(viewer: Viewer, partnership: UUID, decision: UUID, number: int) -> DecisionView:
    """One version; NotFound where there is none that the viewer may see."""
    rows = _rows(viewer, partnership).filter(identity=decision)
    row = rows.filter(number=number).first()
    if row is None:
        raise NotFound("There is no such decision, or none that you may see.")
    return _view(viewer, row, newest=not rows.filter(number__gt=number).exists())


def decision_row(viewer: Viewer, partnership: UUID, decision: UUID) -> Decision:
    """The row itself, for an action."""
    rows = Decision.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Decision | None = rows.filter(partnership=partnership, pk=decision).first()
    if found is None:
        raise NotFound("There is no such decision, or none that you may see.")
    return found


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = DecisionVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return rows.select_related("identity", "weighing")


def _view(viewer: Viewer, row: Any, *, newest: bool) -> DecisionView:
    stood: dict[str, Any] = json.loads(row.frozen)
    takers = row.takers.select_related("person", "organisation").order_by("person__name")
    placed = row.priorities.select_related("outcome").order_by("place", "created")
    return DecisionView(
        row.identity_id, row.number, newest, row.identity.title, row.body, row.reasons, row.decided_on,
        tuple(f"{one.person.name}, {one.organisation.name}" for one in takers),
        tuple(Placed(one.place, one.outcome.identity_id, one.outcome.title) for one in placed),
        row.weighing.identity_id, stood["answer"], tuple(stood["partings"]),
        tuple(_candidate(one) for one in stood["candidates"]),
        stood_pieces(viewer, row.partnership_id, stood), row.digest, digest_of(row.frozen) == row.digest,
    )


def _held(need: dict[str, Any]) -> str:
    """How much evidence was held for it then, where that was kept."""
    count = need.get("evidence", {}).get("held")
    return "" if count is None else f"; {count} {'piece' if count == 1 else 'pieces'} of evidence"


def _candidate(one: dict[str, Any]) -> FrozenCandidate:
    needs = tuple(
        f"{need['title']}, version {need['version']}{'' if need['agreed'] else ' (not agreed then)'}{_held(need)}"
        for need in one.get("needs", ())
    )
    targets = tuple(
        f"{target['measure']}, {target['place']}: {number(float(target['target']), 1).removesuffix('.0')} "
        f"{target['unit']} by {long_date(date.fromisoformat(target['target_on']))}"
        for target in one.get("targets", ())
    )
    return FrozenCandidate(
        one["title"], one.get("statement", ""), needs, targets, one["want_place"], one["need_place"],
        one["because"], one["must"],
    )
