"""The wording and limits of `columns.yaml`, read once and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from commonweal.lake.assistant.meanings import Meaning

MEANINGS = (
    "member", "when", "site", "activity", "group", "postcode", "area", "price", "count", "birth", "age",
)


@dataclass(frozen=True, slots=True)
class Words:
    """Header patterns and allowed content by meaning, and the limits."""

    headers: dict[str, tuple[re.Pattern[str], ...]]
    content: dict[str, frozenset[Meaning]]
    age_bands: tuple[int, ...]
    most_visits_a_month: int
    first_year: int
    dates: tuple[str, ...]


@cache
def words() -> Words:
    """The file as it stands; raises ValueError where it is not whole."""
    data = yaml.safe_load(files(__package__).joinpath("columns.yaml").read_text("utf-8"))
    meanings = data["meanings"]
    if tuple(meanings) != MEANINGS:
        raise ValueError(f"columns.yaml must give these meanings in this order: {', '.join(MEANINGS)}")
    bands = tuple(data["age_bands"])
    if bands != tuple(sorted(set(bands))) or bands[0] != 0:
        raise ValueError("columns.yaml must give age bands from 0 upwards")
    return Words(
        {name: tuple(map(re.compile, one["headers"])) for name, one in meanings.items()},
        {name: frozenset(map(Meaning, one["content"])) for name, one in meanings.items()},
        bands, int(data["most_visits_a_month"]), int(data["first_year"]), tuple(data["dates"]),
    )


def age_band(at: int) -> str:
    """A band in words: "16 to 24", "75 and over"."""
    bands = words().age_bands
    return f"{bands[at]} to {bands[at + 1] - 1}" if at + 1 < len(bands) else f"{bands[at]} and over"
