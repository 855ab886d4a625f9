"""Everything an assessment draws on, read once for each version of a store and kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from commonweal.core.figure import SourceRef
from commonweal.lake.store import Store
from commonweal.needs.card import Card, cards
from commonweal.needs.content import read
from commonweal.needs.queries.evidence_file import kept
from commonweal.needs.queries.geography import Geography, load_geography
from commonweal.needs.queries.people_counts import DistrictPeople, load_people
from commonweal.needs.queries.provided import Provided, distances, load_provided
from commonweal.needs.queries.series import Series, load_series
from commonweal.needs.queries.small_areas import Column, Period, SmallAreas, load_small_areas
from commonweal.needs.wording import say
from commonweal.present.period_words import said

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tables of one store version, in memory."""

    store: Store
    version: str
    cards: tuple[Card, ...]
    geography: Geography
    small: SmallAreas
    series: Mapping[str, Series]
    people: DistrictPeople
    provided: Mapping[str, Provided]
    sources: Mapping[str, SourceRef]
    memo: dict[tuple[object, ...], object] = field(default_factory=dict)

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Something worked out from this evidence, kept for as long as the evidence is."""
        if key not in self.memo:
            self.memo[key] = make()
        return cast(T, self.memo[key])

    def source(self, dataset: str) -> SourceRef:
        """The citation of a data set, held or not."""
        return self.sources.get(dataset) or SourceRef(dataset, dataset, "not held", "", "")


class StoreEmpty(LookupError):
    """Nothing is stored yet; the text says how to begin."""


_KEPT: dict[str, Evidence] = {}
_TURN = threading.Lock()


def evidence(store: Store) -> Evidence:
    """The evidence of the store as it stands; read again only when the store has changed."""
    if not store.exists:
        raise StoreEmpty(
            f"Nothing is stored in {store.root} yet. Run: commonweal pull --from FOLDER, then try again."
        )
    key, version = str(store.root.resolve()), store.version
    with _TURN:
        held = _KEPT.get(key)
        if held is None or held.version != version:
            parts = kept(store.root, version, lambda: _with_comparators(store, _parts(store)))
            held = _KEPT[key] = Evidence(store=store, version=version, cards=cards(), **parts)
        return held


def _with_comparators(store: Store, parts: dict[str, Any]) -> dict[str, Any]:
    """The parts, and what every place is set beside: worked out once and kept with them."""
    from commonweal.needs.queries.comparing import warm

    held = Evidence(store=store, version="", cards=cards(), **parts)
    warm(held)
    shared = {key: value for key, value in held.memo.items() if key[0] in ("england", "districts")}
    return {**parts, "memo": shared}


def _parts(store: Store) -> dict[str, Any]:
    """Everything but the store itself, read from its tables."""
    geography = load_geography(store)
    if not len(geography.areas):
        raise StoreEmpty(
            f"The store in {store.root} does not say which small area lies in which district, so nothing can be "
            "added up. Pull the lookup from small areas (LSOA 2021) to wards and districts, then try again."
        )
    people = read("people")
    tables = {table["dataset"]: table["indicator"] for table in people["tables"]}
    tables[people["rural"]["dataset"]] = people["rural"]["indicator"]
    kinds = {kind["kind"]: kind["dataset"] for kind in (*read("provision")["kinds"], *read("reach")["local"])}
    small = load_small_areas(store, geography, cards(), tables)
    points = np.stack([small.lon, small.lat], axis=1)
    provided = load_provided(store, geography, kinds, points)
    return {
        "geography": geography,
        "small": replace(small, columns={**small.columns, **_distances(geography, provided, points)}),
        "series": load_series(store, cards()), "people": load_people(store), "provided": provided,
        "sources": _sources(store),
    }


def _distances(
    geography: Geography, provided: Mapping[str, Provided], points: NDArray[np.float64]
) -> dict[tuple[str, str], Column]:
    """The columns of cards that speak of distance to a kind of place."""
    found = {}
    for card in cards():
        one = provided.get(card.source.measure)
        if card.source.table == "facilities" and one is not None:
            period = Period(one.year, one.day, one.day)
            found[card.source.dataset, card.source.indicator] = Column(distances(one, geography, points), period)
    return found


def _sources(store: Store) -> dict[str, SourceRef]:
    return {
        held.dataset: SourceRef(
            dataset=held.dataset, title=held.provenance.title, publisher=held.provenance.publisher,
            licence=held.provenance.licence, version=held.version, address=held.provenance.address,
            attribution=held.provenance.attribution,
            published=_published(held.provenance.published or held.provenance.vintage),
            invented=held.provenance.invented,
        )
        for held in store.datasets()
    }


def _published(vintage: str) -> str:
    """The vintage of a data set as people say it: "2015 - 17 to 2022 - 24" has two periods in it."""
    first, to, last = vintage.partition(" to ")
    words = said(first), said(last)
    if not to:
        return words[0]
    return vintage if words == (first, last) else say("source.run", first=words[0], last=words[1])
