"""Those who may be missed by a partnership, found by rule and named by people, and what each step does for them.

Found anew each time: groups counted in published data, perspectives nobody asked, wards of great need without
evidence, kinds of body without a seat. What is kept is what people answered, step by step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.cycle import step_title
from commonweal.core.models import PartnershipOrganisation, PartnershipPlace
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer, require
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.models import MissedAnswer, MissedVerdict, NamedGroup
from commonweal.needs.queries.ambition_told import placed_evidence
from commonweal.needs.queries.evidence_items import ASKED, asking_of, heard_by_all
from commonweal.needs.queries.kept import kept_assessment
from commonweal.needs.word_index import any_with
from commonweal.needs.wording import sentence

WORST = 1  # the tenth of England's small areas where need is greatest


class Found(StrEnum):
    """By what rule a group is on the list."""

    PUBLISHED = "published"
    PERSPECTIVE = "perspective"
    AREA = "area"
    SEAT = "seat"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Group:
    """A group, an area or a kind of body that may be missed, and why it is thought so."""

    key: str
    title: str
    why: str
    found: Found
    sentence: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a step does for a group, or why it does not."""

    step: str
    step_title: str
    verdict: MissedVerdict
    words: str
    by: str
    at: datetime
    onward: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """A group with what stands for it at one step, and what other steps said."""

    group: Group
    here: Said | None
    others: tuple[Said, ...]

    @property
    def unanswered(self) -> bool:
        """Whether this step has said nothing that stands."""
        return self.here is None or self.here.verdict is MissedVerdict.OPEN


def carried_steps() -> tuple[str, ...]:
    """The steps that answer for every group, in the cycle's order."""
    return tuple(read("carried")["steps"])


def groups_of(viewer: Viewer, partnership: UUID) -> tuple[Group, ...]:
    """Everybody who may be missed, as the partnership stands today."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = [
        *_unheard(viewer, partnership), *_unseated(viewer, partnership), *_of_places(viewer, partnership),
        *_named(viewer, partnership),
    ]
    return tuple({one.key: one for one in found}.values())


def carried_for(viewer: Viewer, partnership: UUID, step: str) -> tuple[Carried, ...]:
    """Every group with its answer at a step, those without one first."""
    groups = groups_of(viewer, partnership)
    rows = MissedAnswer.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    said: dict[str, dict[str, Said]] = {}
    for row in rows.select_related("by", "organisation").order_by("id"):
        said.setdefault(row.group, {})[row.step] = _said(row)
    found = [_carried(group, said.get(group.key, {}), step) for group in groups]
    return tuple(sorted(found, key=lambda one: not one.unanswered))


def _carried(group: Group, said: dict[str, Said], step: str) -> Carried:
    """Its own answer at the step; else the last one of an earlier step that was given for the later ones too."""
    order = carried_steps()
    here = said.get(step)
    if here is None:
        before = [said[one] for one in order[: order.index(step)] if one in said and said[one].onward]
        here = before[-1] if before else None
    return Carried(group, here, tuple(one for one in said.values() if one is not here))


def _said(row: MissedAnswer) -> Said:
    who = row.organisation.name if row.organisation else "Somebody"
    return Said(row.step, step_title(row.step), MissedVerdict(row.verdict), row.words, who, row.at, row.onward)


def _of_places(viewer: Viewer, partnership: UUID) -> Iterator[Group]:
    """Groups and areas of the partnership's places, from published data alone."""
    places = PartnershipPlace.objects.visible_to(viewer, Purpose.ASSESSMENT).on(clock.today())
    codes = places.filter(partnership=partnership).exclude(code="").order_by("id").values_list("code", flat=True)
    for code in codes:
        store = stores().for_code(code)
        if store.exists:
            made = kept_assessment(store, code, today=clock.today())
            yield from _published(made)
            yield from _areas(viewer, partnership, made)


def _published(made: Assessment) -> Iterator[Group]:
    keys = {one["group"]: one["key"] for one in read("missed")["groups"]}
    for one in made.missed:
        yield Group(
            f"group-{keys[one.group]}", one.group, one.why, Found.PUBLISHED, one.sentence, one.how_to_reach
        )


def _areas(viewer: Viewer, partnership: UUID, made: Assessment) -> Iterator[Group]:
    """Wards with most small areas of the greatest need, of which no evidence speaks by name or code."""
    rule = read("carried")
    worst = [one for one in made.small_areas if one.part and one.need_decile.value == WORST]
    codes = {one.part: one.place.code for one in worst}
    counted = Counter(one.part for one in worst).most_common()
    placed = placed_evidence(viewer, partnership)
    of_places = _places_of(placed)
    silent = (
        (name, number) for name, number in counted
        if codes[name].casefold() not in of_places and name.casefold() not in of_places
        and not any_with(name, within=placed)
    )
    for name, number in islice(silent, rule["most_areas"]):
        areas, are = ("1 small area", "is") if number == 1 else (f"{number} small areas", "are")
        yield Group(
            f"area-{codes[name]}", rule["titles"]["area"].format(name=name), rule["why"]["area"], Found.AREA,
            sentence(f"{areas} of {name} {are} among the tenth of {made.country}'s where need is greatest."),
        )


def _places_of(placed: Any) -> str:
    """Every place that evidence was gathered in, by what its owner wrote."""
    named = placed.exclude(place_code="").order_by().values_list("place_code", flat=True)
    return "\n".join(named.distinct()).casefold()


def _unheard(viewer: Viewer, partnership: UUID) -> Iterator[Group]:
    rule = read("carried")
    heard = heard_by_all(viewer, partnership)
    for one in ASKED:
        if one not in heard:
            title = rule["titles"]["perspective"].format(name=one.label)
            yield Group(f"perspective-{one}", title, rule["why"]["perspective"], Found.PERSPECTIVE,
                        how=asking_of(one).smallest)


def _unseated(viewer: Viewer, partnership: UUID) -> Iterator[Group]:
    rule = read("carried")
    seats = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ASSESSMENT).on(clock.today())
    kinds = set(seats.filter(partnership=partnership).values_list("organisation__kind", flat=True))
    for one in rule["seats"]:
        if not kinds & set(one["kinds"]):
            yield Group(f"seat-{one['key']}", rule["titles"]["seat"].format(name=one["name"]), rule["why"]["seat"],
                        Found.SEAT)


def _named(viewer: Viewer, partnership: UUID) -> Iterable[Group]:
    rows = NamedGroup.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return [Group(str(row.pk), row.title, row.why, Found.NAMED) for row in rows.order_by("id")]
