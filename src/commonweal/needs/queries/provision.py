"""What is known to be provided: libraries, museums and pools in use, by people and beside England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from commonweal.core.figure import Figure, Grade, Quality, Unit
from commonweal.needs.assessment import Provision
from commonweal.needs.content import read
from commonweal.needs.queries.figures import Facts, Maker, method_words
from commonweal.needs.queries.provided import Place, Provided
from commonweal.needs.queries.scope import Scope, england
from commonweal.needs.wording import fill, say
from commonweal.present import wording


def provision_of(maker: Maker, scope: Scope, population: Figure) -> tuple[Provision, ...]:
    """Each kind of place the store has a list of."""
    found = []
    for kind in read("provision")["kinds"]:
        provided = maker.held.provided.get(kind["kind"])
        if provided is not None:
            found.append(_provision(maker, scope, kind, provided, population.value or 0.0))
    return tuple(found)


def _provision(
    maker: Maker, scope: Scope, kind: Mapping[str, Any], provided: Provided, people: float
) -> Provision:
    here = _here(maker, scope, provided)
    open_now = [place for place in here if place.there]
    quality = Quality(Grade.B, (read("quality")["register"],))
    facts = Facts(provided.year, provided.dataset, method_words("count"), quality, len(open_now))
    count = maker.simple(float(len(open_now)), Unit.COUNT, kind["base"], scope.place, facts=facts)
    facts = replace(facts, method=method_words("per_10000"))
    rate = maker.simple(
        10_000 * len(open_now) / people if people else None, Unit.RATE_10000, kind["base"], scope.place,
        facts=facts, decimals=2, missing="" if people else say("missing.no_row"),
    )
    beside = _england(maker, kind, provided, facts)
    return Provision(
        kind["kind"], _said(scope, kind, len(open_now), rate, beside), count, rate, beside,
        tuple((place.name, place.postcode, say(f"status.{place.status}")) for place in here),
        kind["cannot_tell"], kind["title"], _sites(maker, open_now),
    )


def _sites(maker: Maker, places: Sequence[Place]) -> tuple[tuple[str, float, float], ...]:
    """Where places stand: their own point, else the middle of their small area."""
    held, found = maker.held, []
    for place in places:
        lon, lat = place.lon, place.lat
        if lon is None or lat is None:
            at = held.geography.index.get(place.area, -1)
            lon, lat = (float(held.small.lon[at]), float(held.small.lat[at])) if at >= 0 else (np.nan, np.nan)
        if not np.isnan(lon):
            found.append((place.name, round(lon, 5), round(float(lat or 0.0), 5)))
    return tuple(found)


def _here(maker: Maker, scope: Scope, provided: Provided) -> Sequence[Place]:
    """Places in the districts, or in the small areas where a place is smaller; open ones first."""
    found = [place for code in scope.inside for place in provided.places.get(code, ())]
    if not scope.districts:
        inside = set(maker.held.geography.areas[scope.areas].tolist())
        found = [place for place in found if place.area in inside]
    return sorted(found, key=lambda place: (not place.there, place.name.casefold(), place.postcode))


def _england(
    maker: Maker, kind: Mapping[str, Any], provided: Provided, facts: Facts
) -> Figure | None:
    held = maker.held
    people = held.people.total(held.geography.country)
    if np.isnan(people):
        people = float(np.nansum(held.small.people))
    total = sum(
        1 for code in held.geography.districts for place in provided.places.get(code, ()) if place.there
    )
    if not people or not total:
        return None
    return maker.simple(
        10_000 * total / people, Unit.RATE_10000, kind["base"], england(held), facts=replace(facts, n=total),
        decimals=2,
    )


def _said(scope: Scope, kind: Mapping[str, Any], count: int, rate: Figure, beside: Figure | None) -> str:
    words = read("provision")
    england_words = wording.bare(beside) if beside else say("missing.not_held")
    if not count:
        return fill(words["none"], place=scope.place.name, noun=kind["one"], england=england_words)
    return fill(
        words["sentence"], place=scope.place.name, count=wording.number(count),
        noun=kind["one"] if count == 1 else kind["many"], rate=wording.bare(rate), england=england_words,
    )
