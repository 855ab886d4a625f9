"""The invented country: its land, cut into small areas, wards and districts from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import shapely
import yaml
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

SEED = 2009
CENTRE = (2.1, 55.6)        # open sea, so that no map of a real place can be mistaken for it
MAIN_AREAS = 90
OTHER_AREAS = 20
MAIN_PEOPLE = 130_000


@dataclass(frozen=True)
class District:
    """One district: its code, name and the indices of its small areas."""

    code: str
    name: str
    areas: Indices


@dataclass(frozen=True)
class Land:
    """Every small area: outline, people, and the three hidden gradients its figures follow.

    The gradients are standardised over all small areas: hardship, rurality, age.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[shapely.Polygon, ...]
    people: Indices
    hardship: Floats
    rurality: Floats
    age: Floats
    districts: tuple[District, ...]
    wards: tuple[tuple[str, str, Indices], ...]

    @property
    def main(self) -> District:
        """The district the example is about."""
        return self.districts[0]


@lru_cache(maxsize=1)
def names() -> dict[str, Any]:
    """The names of the invented country."""
    loaded: dict[str, Any] = yaml.safe_load(files("commonweal.example").joinpath("names.yaml").read_text("utf-8"))
    return loaded


def stream(stage: str) -> np.random.Generator:
    """The seed stream of one stage: extending a stage never disturbs the numbers of another."""
    return np.random.default_rng([SEED, *stage.encode()])


def _coast(rng: np.random.Generator, *, centre: tuple[float, float], radius: float) -> shapely.Polygon:
    """A wobbly round of land, wider than tall in degrees because a degree of longitude is shorter."""
    turn = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    waves = (rng.uniform(-0.12, 0.12) / k * np.sin(k * turn + rng.uniform(0, 6.3)) for k in (2, 3, 5, 7))
    reach = radius * (1 + sum(waves))
    squash = np.cos(np.radians(centre[1]))
    return shapely.Polygon(np.c_[centre[0] + reach * np.cos(turn) / squash, centre[1] + reach * np.sin(turn)])


def _seeds(rng: np.random.Generator, land: shapely.Polygon, count: int) -> Floats:
    """Points inside the land, thicker round its towns, spread out by three rounds of Lloyd's relaxation."""
    left, bottom, right, top = land.bounds
    middle = np.array(land.centroid.coords[0])
    found: list[Floats] = []
    while len(found) < count:
        near = rng.random() < 0.55
        spread = np.array([right - left, top - bottom]) * 0.13
        point = rng.normal(middle, spread) if near else rng.uniform((left, bottom), (right, top))
        if land.contains(shapely.Point(point)):
            found.append(point)
    points = np.array(found)
    for _ in range(3):
        points = np.array([cell.centroid.coords[0] for cell in _cells(land, points)])
    return points


def _cells(land: shapely.Polygon, points: Floats) -> list[shapely.Polygon]:
    """The Voronoi cell of each point, cut by the coast, in the order of the points."""
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=land, ordered=True)
    return [shapely.intersection(cell, land) for cell in cells.geoms]


def _standard(values: Floats) -> Floats:
    return (values - values.mean()) / values.std()


def _groups(points: Floats, count: int, rng: np.random.Generator) -> Indices:
    """Neighbouring points put together in `count` groups of nearly equal size (capped k-means)."""
    centres = points[rng.choice(len(points), count, replace=False)]
    cap = -(-len(points) // count)
    for _ in range(12):
        label = np.full(len(points), -1, dtype=np.int64)
        far = np.linalg.norm(points[:, None] - centres[None], axis=2)
        room = np.full(count, cap)
        for point, group in zip(*np.unravel_index(np.argsort(far, axis=None), far.shape), strict=True):
            if label[point] == -1 and room[group]:
                label[point], room[group] = group, room[group] - 1
        centres = np.array([points[label == g].mean(axis=0) for g in range(count)])
    return label


@lru_cache(maxsize=1)
def land() -> Land:
    """The whole invented country, the same on every machine."""
    rng = stream("land")
    known = names()
    shapes: list[shapely.Polygon] = []
    points: list[Floats] = []
    districts: list[District] = []
    for index, name in enumerate([known["district"], *known["others"]]):
        turn = 2 * np.pi * index / len(known["others"])
        away = 0 if index == 0 else 0.72 + 0.2 * (index % 2)
        centre = (CENTRE[0] + away * 1.8 * np.cos(turn), CENTRE[1] + away * np.sin(turn))
        count = MAIN_AREAS if index == 0 else OTHER_AREAS
        coast = _coast(rng, centre=centre, radius=0.11 if index == 0 else 0.055)
        seeds = _seeds(rng, coast, count)
        start = len(shapes)
        shapes += _cells(coast, seeds)
        points.append(seeds - np.array(centre))
        districts.append(District(f"Z07{index + 1:06d}", name, np.arange(start, start + count)))
    return _peopled(rng, shapes, points, tuple(districts))


def _peopled(
    rng: np.random.Generator, shapes: list[shapely.Polygon], points: list[Floats], districts: tuple[District, ...]
) -> Land:
    """Put people and the hidden gradients on the land, and cut the main district into wards."""
    total = len(shapes)
    place = np.concatenate(points)
    offset = np.repeat(rng.normal(0, 0.55, len(districts)), [len(d.areas) for d in districts])
    offset[districts[0].areas] = 1.1
    far = np.linalg.norm(place, axis=1)
    quay = np.exp(-(((place - np.array([0.03, -0.02])) / 0.05) ** 2).sum(axis=1))
    hardship = _standard(1.4 * quay - 5 * far + offset + rng.normal(0, 0.45, total))
    rurality = _standard(far + rng.normal(0, 0.012, total))
    age = _standard(0.6 * rurality - 0.3 * hardship + rng.normal(0, 0.6, total))
    raw = rng.uniform(1150, 1850, total)
    people = np.rint(raw * (MAIN_PEOPLE / raw[districts[0].areas].sum())).astype(np.int64)
    people[districts[0].areas[-1]] += MAIN_PEOPLE - people[districts[0].areas].sum()
    group = _groups(points[0], len(names()["wards"]), rng)
    wards = tuple(
        (f"Z05{n + 1:06d}", name, np.flatnonzero(group == n)) for n, name in enumerate(names()["wards"])
    )
    return Land(
        codes=tuple(f"Z01{n + 1:06d}" for n in range(total)),
        names=tuple(_area_name(d, i) for d in districts for i in range(len(d.areas))),
        shapes=tuple(shapes), people=people, hardship=hardship, rurality=rurality, age=age,
        districts=districts, wards=wards,
    )


def _area_name(district: District, index: int) -> str:
    """Named as the statistics office names them: district, middle area, letter."""
    return f"{district.name} {index // 5 + 1:03d}{'ABCDE'[index % 5]}"
