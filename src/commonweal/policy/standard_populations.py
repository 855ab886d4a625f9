"""Standard populations, so that places of different ages can be compared on one footing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """People of one age group in a standard population; `age_to` is inclusive, 120 for "and over"."""

    age_from: int
    age_to: int
    people: int


@dataclass(frozen=True, slots=True)
class StandardPopulation:
    """A standard population: its age groups in order of age."""

    key: str
    title: str
    source: str
    groups: tuple[AgeGroup, ...]


@cache
def standard_population(key: str = "esp2013") -> StandardPopulation:
    """The standard population of that key. Raises KeyError where there is none."""
    text = (files("commonweal.policy") / "data" / "standard_populations.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)[key]
    groups = tuple(AgeGroup(group["from"], group["to"], group["people"]) for group in content["groups"])
    return StandardPopulation(key, content["title"], content["source"], groups)
