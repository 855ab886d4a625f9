"""The invented figures: each published indicator the product uses, drawn for the invented land."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from commonweal.example.area_tables import COUNTRY, REGION, read_table
from commonweal.example.geography import Floats, Land, land, stream
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.periods import period
from commonweal.methods.deprivation import DOMAIN_WEIGHTS, bands, recompose

Series = dict[str, Any]
GRADIENTS = ("hardship", "rurality", "age")
HOUSEHOLD = 2.36


@lru_cache(maxsize=1)
def described() -> dict[str, list[Series]]:
    """The series as figures.yaml describes them."""
    loaded: dict[str, list[Series]] = yaml.safe_load(
        files("commonweal.example").joinpath("figures.yaml").read_text("utf-8")
    )
    return loaded


def observations(
    series: Series, kind: str, codes: list[str], label: str, values: Any, **more: Any
) -> ReadTable:
    """Values for areas in one period, as the lake keeps them."""
    span = period(label)
    return read_table(
        "observations",
        {
            "indicator": series["indicator"], "area_kind": kind, "area_code": list(codes), "period": span.label,
            "period_start": span.start, "period_end": span.end, "sex": series.get("sex", "persons"),
            "age": "", "category_type": series.get("category_type", ""), "category": series.get("category", ""),
            "value": list(np.asarray(values, dtype=float)), "unit": series.get("unit", "percent"), "note": "",
            **more,
        },
    )


def _drawn(series: Series, gradients: dict[str, Floats], rng: np.random.Generator) -> Floats:
    """Middle value, plus the spread shared between the gradients and chance, kept within bounds."""
    loads = np.array([series.get(name, 0.0) for name in GRADIENTS])
    chance = np.sqrt(max(0.0, 1 - (loads**2).sum()))
    size = len(gradients["hardship"])
    mixed = sum(load * gradients[name] for load, name in zip(loads, GRADIENTS, strict=True))
    values = series["mean"] + series["sd"] * (mixed + chance * rng.normal(size=size))
    return np.clip(values, series.get("low", -np.inf), series.get("high", np.inf))


def _small_gradients(here: Land) -> dict[str, Floats]:
    return {name: getattr(here, name) for name in GRADIENTS}


def _district_gradients(here: Land) -> dict[str, Floats]:
    """Population-weighted means of the gradients, put on the scale of districts."""
    means = {
        name: np.array([np.average(values[d.areas], weights=here.people[d.areas]) for d in here.districts])
        for name, values in _small_gradients(here).items()
    }
    return {name: (values - values.mean()) / values.std() for name, values in means.items()}


def small_area_tables() -> Iterator[tuple[str, ReadTable]]:
    """Figures for small areas; deprivation is put together from its domains as the ministry does."""
    here = land()
    codes, gradients = list(here.codes), _small_gradients(here)
    ranks: dict[str, Floats] = {}
    for series in described()["small_areas"]:
        values = np.round(_drawn(series, gradients, stream(series["indicator"])), series["decimals"])
        yield series["dataset"], observations(series, "lsoa", codes, series["period"], values)
        if series.get("ranked"):
            ranks[series["ranked"]] = _rank(values)
            yield from _ranked(series, series["ranked"], codes, ranks[series["ranked"]])
    yield from _deprivation(codes, ranks)


def _rank(values: Floats) -> Floats:
    """1 for the highest value, each rank once."""
    order = np.argsort(-values, kind="stable")
    rank = np.empty(len(values))
    rank[order] = np.arange(1, len(values) + 1)
    return rank


def _ranked(series: Series, stem: str, codes: list[str], rank: Floats) -> Iterator[tuple[str, ReadTable]]:
    for what, values in (("rank", rank), ("decile", bands(rank))):
        described_so = series | {"indicator": f"{stem}-{what}", "unit": what}
        yield series["dataset"], observations(described_so, "lsoa", codes, series["period"], values)


def _deprivation(codes: list[str], ranks: dict[str, Floats]) -> Iterator[tuple[str, ReadTable]]:
    names = {"barriers": "housing-and-services", "living_environment": "environment"}
    score = recompose({domain: ranks[f"imd2025-{names.get(domain, domain)}"] for domain in DOMAIN_WEIGHTS})
    series = {"dataset": "imd-2025-lsoa", "indicator": "imd2025-score", "unit": "score", "period": "2025"}
    yield "imd-2025-lsoa", observations(series, "lsoa", codes, "2025", np.round(score, 3))
    yield from _ranked(series, "imd2025", codes, _rank(score))


def share_tables() -> Iterator[tuple[str, ReadTable]]:
    """Census-like shares: groups of people or households in every small area, adding up to the whole."""
    here = land()
    for series in described()["shares"]:
        rng = stream(series["indicator"])
        whole = here.people if series["of"] == "people" else np.rint(here.people / HOUSEHOLD).astype(np.int64)
        middle = np.array([share for _, share, _ in series["groups"]])
        slope = np.array([slope for _, _, slope in series["groups"]])
        chance = np.clip(middle + np.outer(here.hardship, slope), 0.002, None)
        chance /= chance.sum(axis=1, keepdims=True)
        counts = np.array([rng.multinomial(n, p) for n, p in zip(whole, chance, strict=True)])
        for index, (group, _, _) in enumerate(series["groups"]):
            yield series["dataset"], observations(
                series | {"category": group, "unit": "percent"}, "lsoa", list(here.codes), series["period"],
                100 * counts[:, index] / whole,
                count=list(counts[:, index].astype(float)), denominator=list(whole.astype(float)),
            )


def district_tables() -> Iterator[tuple[str, ReadTable]]:
    """Figures for districts over the years, with region and country as their population's mean."""
    here = land()
    gradients = _district_gradients(here)
    people = np.array([here.people[d.areas].sum() for d in here.districts])
    codes = [d.code for d in here.districts]
    for series in described()["districts"]:
        rng = stream(f"{series['indicator']} {series.get('sex', '')}")
        base = _drawn(series, gradients, rng)
        last = len(series["periods"]) - 1
        for index, label in enumerate(series["periods"]):
            wobble = rng.normal(0, series["sd"] * 0.18, len(codes))
            values = base + series.get("drift", 0) * (index - last) + wobble
            values = np.clip(values, series.get("low", -np.inf), series.get("high", np.inf))
            if series.get("people"):
                values = values * people / 30_000
            values = np.round(values, 0 if series["unit"] == "pounds" else 1 + (series["unit"] == "mean_0_10"))
            yield from _levels(series, codes, label, values, people)


def _levels(
    series: Series, codes: list[str], label: str, values: Floats, people: Any
) -> Iterator[tuple[str, ReadTable]]:
    """The districts' values, and the region's and country's."""
    yield series["dataset"], observations(series, "district", codes, label, values)
    whole = values.sum() if series.get("people") else np.round(np.average(values, weights=people), 2)
    for kind, code in (("region", REGION), ("country", COUNTRY)):
        yield series["dataset"], observations(series, kind, [code], label, [whole])


def country_tables() -> Iterator[tuple[str, ReadTable]]:
    """Survey figures known for the country alone, with the people they rest on."""
    for series in described()["country"]:
        yield series["dataset"], observations(
            series, "country", [COUNTRY], series["period"], [series["value"]],
            count=[series["n"] * series["value"] / 100], denominator=[float(series["n"])],
        )


def use_tables() -> Iterator[tuple[str, ReadTable]]:
    """A year's use of each district's library service."""
    here = land()
    for series in described()["use"]:
        rng = stream(f"use {series['measure']}")
        people = np.array([here.people[d.areas].sum() for d in here.districts])
        each = np.maximum(0.5, rng.normal(series["per_head"], series["spread"], len(people)))
        span = period(series["period"])
        yield series["dataset"], read_table(
            "use",
            {
                "service": series["service"], "site": "", "area_kind": "district", "measure": series["measure"],
                "area_code": [d.code for d in here.districts], "category": "", "period": span.label,
                "period_start": span.start, "period_end": span.end, "value": np.rint(people * each), "note": "",
            },
        )
