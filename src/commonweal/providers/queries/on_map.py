"""Organisations on the ground: the small area each stands in, the need there, and both side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.lake.store import Store
from commonweal.providers.classes import titles
from commonweal.providers.models import LineKind, ProfileLine
from commonweal.providers.queries.directory import Asked, Listed, listed, matching
from commonweal.providers.queries.health import area_tenths
from commonweal.providers.queries.places import small_areas_of, wards_of

MOST_AREAS = 1_500      # a county; a larger land is asked for district by district
MOST_BODIES = 5_000
GREATEST = (1, 2)       # tenths: the fifth of small areas where deprivation is greatest
SHOWN = 12


class TooLarge(ValueError):
    """More land than one map can show."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One small area: its shape, a point inside it, its ward, and its tenth of deprivation (1 = most deprived)."""

    code: str
    name: str
    shape: bytes
    lon: float
    lat: float
    ward: str
    tenth: int | None

    @property
    def pressed(self) -> bool:
        """Whether need is greatest there."""
        return self.tenth in GREATEST


@dataclass(frozen=True, slots=True)
class OnMap:
    """Who stands where, of those the viewer may see; `reaches` how many say that they reach whom."""

    grounds: tuple[Ground, ...]
    stands: tuple[tuple[Listed, Ground], ...]
    unplaced: int
    beyond: bool
    reaches: tuple[tuple[str, int], ...]

    @property
    def pressed(self) -> tuple[Ground, ...]:
        """The small areas where need is greatest."""
        return tuple(one for one in self.grounds if one.pressed)

    @property
    def bare(self) -> int:
        """How many of those have nobody."""
        return len({one.code for one in self.pressed} - {ground.code for _, ground in self.stands})

    def by_area(self) -> Counter[str]:
        """How many stand in each small area."""
        return Counter(ground.code for _, ground in self.stands)

    def by_ward(self) -> tuple[tuple[str, int, int], ...]:
        """Each ward, how many stand in it, and how many of its small areas are in greatest need; by name."""
        many = Counter(ground.ward for _, ground in self.stands)
        need = Counter(ground.ward for ground in self.pressed)
        return tuple((ward, many[ward], need[ward])
                     for ward in sorted({one.ward for one in self.grounds if one.ward}))

    def by_doing(self) -> tuple[tuple[str, int, int, int], ...]:
        """Each thing done: by how many, by how many where need is greatest, and areas of such need without."""
        found = []
        for words in titles().values():
            those = [ground for one, ground in self.stands if words in one.does]
            near = {ground.code for ground in those if ground.pressed}
            found.append((words, len(those), sum(one.pressed for one in those), len(self.pressed) - len(near)))
        return tuple(found)


def on_map(viewer: Viewer, asked: Asked) -> OnMap:
    """The directory's own search, placed; whoever is not in its answer is not on the map."""
    store = stores().for_code(asked.districts[0])
    grounds = _grounds(store, asked.districts)
    bodies = matching(viewer, replace(asked, page=1)).filter(closed=False).order_by("name", "id")
    rows = list(bodies[:MOST_BODIES + 1])
    cards = listed(rows[:MOST_BODIES])
    area = small_areas_of({one.postcode for one in cards}, example=asked.example)
    at = {one.code: one for one in grounds}
    stands = tuple((one, at[area[one.postcode]]) for one in cards if area.get(one.postcode, "") in at)
    return OnMap(grounds, stands, len(cards) - len(stands), len(rows) > MOST_BODIES,
                 _reaches({one.id for one in cards}))


def _grounds(store: Store, districts: tuple[str, ...]) -> tuple[Ground, ...]:
    """The small areas of the districts, in order of their codes."""
    if not store.exists:
        return ()
    inside = _inside(store, "district", "to_code", districts)
    if len(inside) > MOST_AREAS:
        raise TooLarge("That is too much for one map. Choose one district or county.")
    codes = sorted(inside)
    found = store.read("boundaries", ("code", "name", "geometry", "lon", "lat"),
                       {"kind": ["lsoa"], "vintage": [2021], "code": codes}) if codes else None
    ward, tenth = wards_of(store, codes), area_tenths(store, set(codes))
    rows = sorted(found.to_pylist(), key=lambda row: row["code"]) if found is not None else []
    return tuple(Ground(row["code"], row["name"] or row["code"], row["geometry"], row["lon"], row["lat"],
                        ward.get(row["code"], ""), tenth.get(row["code"])) for row in rows)


def _inside(store: Store, kind: str, side: str, codes: Collection[str]) -> set[str]:
    found = store.read("area_links", ("from_code",), {
        "from_kind": ["lsoa"], "from_vintage": [2021], "to_kind": [kind], side: sorted(codes),
        "relation": ["within", "best_fit"]})
    return set(found["from_code"].to_pylist())


def _reaches(bodies: set[UUID]) -> tuple[tuple[str, int], ...]:
    """Whom they say they reach, in their own words, most often said first."""
    lines = ProfileLine.objects.filter(kind=LineKind.GROUP, profile__provider__in=bodies)
    many = Counter(" ".join(text.casefold().split()) for text in lines.values_list("text", flat=True))
    return tuple(sorted(many.items(), key=lambda one: (-one[1], one[0]))[:SHOWN])
