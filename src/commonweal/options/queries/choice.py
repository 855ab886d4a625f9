"""Decisions between options as they were taken; what a later specification stands on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.options.appraisal_view import as_written, range_words
from commonweal.options.frozen_choice import digest_of
from commonweal.options.grounds import Pointed, Ref
from commonweal.options.models import ChoiceVersion, GroundKind, Sift
from commonweal.options.queries.grounds import named
from commonweal.policy.decision_gates import gates_for
from commonweal.policy.delivery_vehicles import Vehicle, catalogue
from commonweal.present.wording import listed


@dataclass(frozen=True, slots=True)
class Answered:
    """A gate as it was answered: its title, and each question with its answer."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StoodScore:
    """A score as it was when the decision was taken, and what it pointed to."""

    option: str
    criterion: str
    words: str
    note: str
    grounds: tuple[Pointed, ...]


@dataclass(frozen=True, slots=True)
class StoodOn:
    """A need or an outcome in the version it then had; `agreed` is None where that was not kept."""

    id: UUID
    title: str
    number: int
    agreed: bool | None = None

    @property
    def words(self) -> str:
        """Which version, and whether the partners had not agreed it then."""
        return f"version {self.number}{' (not agreed then)' if self.agreed is False else ''}"


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One version of a decision; `whole` is false where what it stood on is not what was frozen."""

    id: UUID
    version_id: UUID
    number: int
    newest: bool
    appraisal: UUID
    title: str
    question: str
    option: str
    description: str
    vehicle: Vehicle | None
    service: str
    where: str
    body: str
    reasons: str
    conditions: str
    decided_on: date
    takers: tuple[str, ...]
    needs: tuple[StoodOn, ...]
    outcomes: tuple[StoodOn, ...]
    criteria: tuple[tuple[str, str, str, str], ...]    # title, worst end, best end, outcome
    answer: str
    gates: tuple[Answered, ...]
    scores: tuple[StoodScore, ...]
    digest: str
    whole: bool
    recommended: str = ""
    marks: tuple[str, ...] = ()     # what a reader should know of how it stood to the comparison

    @property
    def sentence(self) -> str:
        """The decision in a sentence."""
        return f"{self.body} chose: {self.option}."


def choices_for(viewer: Viewer, partnership: UUID) -> tuple[ChoiceView, ...]:
    """The newest version of every decision between options; specifications are written on these."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = _rows(viewer, partnership).latest_each().order_by("-decided_on", "-recorded_at")
    return tuple(_view(viewer, row, newest=True) for row in rows)


def choice_for(viewer: Viewer, partnership: UUID, appraisal: UUID, number: int) -> ChoiceView:
    """One version; NotFound where there is none that the viewer may see."""
    rows = _rows(viewer, partnership).filter(identity__appraisal=appraisal)
    row = rows.filter(number=number).first()
    if row is None:
        raise NotFound("There is no such decision, or none that you may see.")
    return _view(viewer, row, newest=not rows.filter(number__gt=number).exists())


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = ChoiceVersion.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return rows.select_related("identity", "option")


def _view(viewer: Viewer, row: Any, *, newest: bool) -> ChoiceView:
    stood: dict[str, Any] = json.loads(row.frozen)
    chosen = next(one for one in stood["options"] if one["option"] == stood["chosen"])
    takers = row.takers.select_related("person", "organisation").order_by("person__name")
    return ChoiceView(
        row.identity_id, row.pk, row.number, newest, row.identity.appraisal_id, stood["title"], stood["question"],
        chosen["title"], chosen["description"], catalogue().one(chosen["vehicle"]), stood["service"],
        stood["where"], row.body, row.reasons, row.conditions, row.decided_on,
        tuple(f"{one.person.name}, {one.organisation.name}" for one in takers),
        tuple(StoodOn(UUID(one["need"]), one["title"], one["version"], one.get("agreed"))
              for one in stood["needs"]),
        tuple(StoodOn(UUID(one["outcome"]), one["title"], one["version"]) for one in stood["outcomes"]),
        tuple((one["title"], one["worst"], one["best"], one["outcome"]) for one in stood["criteria"]),
        stood["answer"], _gates(stood), tuple(_scores(viewer, row.partnership_id, stood)),
        row.digest, digest_of(row.frozen) == row.digest, stood.get("recommended", ""),
        tuple(marks_of(stood, chosen)),
    )


def marks_of(stood: dict[str, Any], chosen: dict[str, Any]) -> Iterator[str]:
    """Whether it was not first, not the one recommended, not costed, or not compared with no change."""
    title, first = chosen["title"], stood["first"]
    ahead = {group: max(held, key=lambda name: held[name]) for group, held in first.items()}
    if first and all(held.get(title, 0) < held[ahead[group]] for group, held in first.items()):
        named = listed([f"{one} for {group}" for group, one in ahead.items()])
        yield f"{title} was first for no group: {named}."
    recommended = stood.get("recommended", "")
    if recommended and recommended != title:
        yield f"{recommended} was recommended."
    kept = [one for one in stood["options"] if one["sift"] == Sift.KEPT]
    if all(one["net_present_value"] is None for one in kept):
        yield "No option was costed."
    elif chosen["net_present_value"] is None:
        yield f"{title} was not costed."
    if not any(one["baseline"] for one in kept):
        yield "None of the options was what happens if nothing is changed, so none was compared with that."


def _gates(stood: dict[str, Any]) -> tuple[Answered, ...]:
    known = {one.key: one for one in gates_for(stood["service"])}
    found = []
    for one in stood["gates"]:
        gate = known.get(one["gate"])
        asked = gate.fields if gate else ()
        lines = tuple((each.asks, as_written(each.kind, one["fields"].get(each.key, ""))) for each in asked)
        if one["does_not_apply"]:
            lines = (("Does not apply", one["does_not_apply"]),)
        found.append(Answered(gate.title if gate else one["gate"], lines))
    return tuple(found)


def _scores(viewer: Viewer, partnership: UUID, stood: dict[str, Any]) -> Iterator[StoodScore]:
    kept = [one for one in stood["options"] if one["sift"] == Sift.KEPT]
    said = [ground for one in kept for grounds in one.get("grounds", {}).values() for ground in grounds]
    refs = {ground_word(one): Ref(GroundKind(one["kind"]), one["key"], one["place"]) for one in said}
    now = named(viewer, partnership, refs.values(), {refs[ground_word(one)]: one["title"] for one in said})
    for one in kept:
        for criterion in (each["title"] for each in stood["criteria"] if each["title"] in one["scores"]):
            low, likely, high, note = one["scores"][criterion]
            grounds = tuple(
                _as_stood(ground, now[refs[ground_word(ground)]])
                for ground in one.get("grounds", {}).get(criterion, ())
            )
            yield StoodScore(one["title"], criterion, range_words(low, likely, high), note, grounds)


def ground_word(said: dict[str, Any]) -> str:
    """A thing pointed to, as one word."""
    return f"{said['kind']}:{said['key']}:{said['place']}"


def _as_stood(said: dict[str, Any], now: Pointed) -> Pointed:
    """Under the name it then had, where the viewer may still see it; whether it was written anew since."""
    if not now.href:
        return replace(now, mark=said["mark"])
    anew = "written anew since" if said["mark"] and said["mark"] != now.mark else ""
    return replace(now, title=said["title"], mark=said["mark"],
                   detail="; ".join(part for part in (said["detail"], anew) if part))
