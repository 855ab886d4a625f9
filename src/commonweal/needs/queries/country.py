"""Need across the whole country: each district's share of the small areas where need is greatest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from commonweal.core.figure import Figure, PlaceRef, SourceRef, Unit
from commonweal.lake.store import Store
from commonweal.lake.tiles import write_tiles
from commonweal.needs.card import card
from commonweal.needs.queries.areas import index_period, index_quality, index_source
from commonweal.needs.queries.evidence import Evidence, evidence
from commonweal.needs.queries.figures import METHOD_VERSION, method_words
from commonweal.needs.queries.need_index import NeedIndex, need_index
from commonweal.needs.queries.scope import VINTAGE
from commonweal.needs.queries.values import key_of
from commonweal.needs.wording import say
from commonweal.present.maps.shapes import decoded

LAYOUT = "3"  # of the tiles: what each small area says of itself
WHOLE = "boundaries-lsoa21"


@dataclass(frozen=True, slots=True)
class DistrictNeed:
    """One district: `worst` of its `areas` small areas are in the tenth of greatest need; `people` live there."""

    code: str
    name: str
    region: str
    areas: int
    worst: int
    people: int | None
    share: Figure


@dataclass(frozen=True, slots=True)
class Country:
    """The whole country, the districts with the greatest share first."""

    code: str
    name: str
    invented: bool
    areas: int
    moved: int
    districts: tuple[DistrictNeed, ...]
    source: SourceRef
    sources: tuple[SourceRef, ...]


def country(store: Store) -> Country:
    """Every district's share of its small areas in the country's tenth of greatest need. Raises StoreEmpty."""
    held = evidence(store)
    return held.once(("country",), lambda: _country(held))


def _country(held: Evidence) -> Country:
    index, known = need_index(held), held.geography
    source = index_source(held)
    rows = [
        _district(held, index, code, at[index.decile[at] > 0]) for code, at in known.by_district.items()
        if (index.decile[at] > 0).any()
    ]
    rows.sort(key=lambda row: (-(row.share.value or 0.0), row.name))
    drawn = index.decile > 0
    return Country(
        code=known.country, name=known.name(known.country), invented=source.invented, areas=int(drawn.sum()),
        moved=int((index.low != index.high)[drawn].sum()), districts=tuple(rows), source=source,
        sources=tuple(held.source(one) for one in sorted({key_of(card)[0] for card in index.cards})),
    )


def _district(held: Evidence, index: NeedIndex, code: str, at: NDArray[np.int64]) -> DistrictNeed:
    known, people, source = held.geography, held.small.people, index_source(held)
    worst = at[index.decile[at] == 1]
    region = known.region_of.get(code, "")
    return DistrictNeed(
        code=code, name=known.name(code), region=known.name(region) if region else "", areas=len(at),
        worst=len(worst), people=None if np.isnan(people[at]).all() else round(float(np.nansum(people[worst]))),
        share=Figure(
            value=100.0 * len(worst) / len(at), unit=Unit.PERCENT, base=say("country.base"), n=len(at),
            place=PlaceRef("district", code, known.name(code), VINTAGE, source.invented), decimals=0,
            period=index_period(source), source=source, method=method_words("composite_decile"),
            method_version=METHOD_VERSION, quality=index_quality(),
        ),
    )


@dataclass(frozen=True, slots=True)
class Tiles:
    """The map of every small area: where its file lies, and what it depends on."""

    path: Path
    key: str

    @property
    def ready(self) -> bool:
        """Whether it has been drawn."""
        return self.path.exists()


def tiles(store: Store) -> Tiles:
    """The tiles of the store as it stands; they may not have been drawn yet. Raises StoreEmpty."""
    held = evidence(store)
    return held.once(("country tiles",), lambda: _tiles(held))


def _tiles(held: Evidence) -> Tiles:
    index = need_index(held)
    seen = hashlib.sha256(LAYOUT.encode())
    seen.update(held.version.encode() + index.decile.tobytes() + index.low.tobytes() + index.high.tobytes())
    key = seen.hexdigest()[:16]
    return Tiles(held.store.root / "derived" / f"country-{key}.pmtiles", key)


def draw_tiles(store: Store, tell: Callable[[int, str], None]) -> Path:
    """Draw every small area with its tenths; those drawn for an earlier state are swept away. Raises NoShapes."""
    held = evidence(store)
    asked = _tiles(held)
    if asked.ready:
        return asked.path
    tell(5, "Reading the boundaries")
    shapes = _shapes(held)
    tell(15, f"Drawing {len(shapes):,} small areas")
    index, known = need_index(held), held.geography
    places = [known.index[code] for code in shapes]
    deprived = held.small.columns.get(key_of(card("worst-tenth")))
    tenths = np.zeros(len(known.areas)) if deprived is None else np.nan_to_num(deprived.values)
    columns: dict[str, Sequence[object]] = {
        "code": list(shapes), "name": [_name(held, at) for at in places],
        "district": [str(known.district[at]) for at in places],
        "place": [known.name(str(known.district[at])) for at in places],
        "need": index.decile[places].tolist(), "low": index.low[places].tolist(),
        "high": index.high[places].tolist(), "deprived": tenths[places].astype(int).tolist(),
    }
    for old in asked.path.parent.glob("country-*.pmtiles"):
        old.unlink(missing_ok=True)
    return write_tiles(asked.path, list(shapes.values()), columns)


def _name(held: Evidence, at: int) -> str:
    known = held.geography
    code = str(known.areas[at])
    return known.neighbourhood.get(code) or known.names.get(str(known.ward[at]), "") or known.name(code)


def _shapes(held: Evidence) -> dict[str, bytes]:
    """Small areas that have a boundary and a place, one shape each; the whole country's file goes first."""
    table = held.store.table("boundaries")
    wanted = table.filter((table.kind == "lsoa") & (table.vintage == 2021)).select("code", "geometry", "dataset")
    found = held.store.arrow(wanted).to_pylist()
    found.sort(key=lambda row: row["dataset"] == WHOLE)
    shapes = {row["code"]: row["geometry"] for row in found if row["code"] in held.geography.index}
    empty = shapely.is_empty(decoded(list(shapes.values()))) if shapes else []
    return {code: shape for (code, shape), blank in zip(shapes.items(), empty, strict=True) if not blank}


def district_shapes(store: Store) -> dict[str, bytes]:
    """Each district's boundary."""
    found = store.read("boundaries", ("code", "geometry"), {"kind": ["district"]})
    return dict(zip(found["code"].to_pylist(), found["geometry"].to_pylist(), strict=True))
