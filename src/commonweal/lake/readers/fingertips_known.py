"""The Fingertips indicators Commonweal knows by name or number, and what is guessed of the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from commonweal.lake.opening.matching import normal
from commonweal.lake.readers.cells import slug

OTHER = "fingertips-other"

_GUESSES = (
    ("per 100,000", "rate_100000"),
    ("per 10,000", "rate_10000"),
    ("per 1,000", "rate_1000"),
    ("life expectancy", "years"),
    ("percentage", "percent"),
    ("%", "percent"),
    ("prevalence", "percent"),
    ("proportion", "percent"),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its slug, the data set it goes to, its unit, and the month its split years begin in."""

    slug: str
    dataset: str
    unit: str
    year_starts: int = 4


def indicator(name: str, number: str = "") -> Indicator:
    """What is known of an indicator by its number or its published name.

    One that is not known goes to OTHER under the kebab case of its name, its unit guessed from the name's words.
    """
    by_number, by_name = _known()
    found = by_number.get(number) or by_name.get(normal(name))
    return found or Indicator(slug(name), OTHER, _unit_in(name))


def known_datasets() -> tuple[str, ...]:
    """The data sets with indicators of their own, in order."""
    return tuple(sorted({one.dataset for one in _known()[1].values()}))


def unit_of_measure(measure: str, otherwise: str) -> str:
    """The unit the short files call `measure`; `otherwise` where it says less than the indicator does."""
    return {"percentage": "percent", "count": "people", "proportion": "percent"}.get(measure.casefold(), otherwise)


def _unit_in(name: str) -> str:
    words = name.casefold()
    return next((unit for part, unit in _GUESSES if part in words), "")


@cache
def _known() -> tuple[dict[str, Indicator], dict[str, Indicator]]:
    by_number: dict[str, Indicator] = {}
    by_name: dict[str, Indicator] = {}
    text = (files("commonweal.lake.readers") / "fingertips.yaml").read_text(encoding="utf-8")
    for group in yaml.safe_load(text):
        for one in group["indicators"]:
            names = one["names"]
            found = Indicator(slug(names[0]), group["dataset"], one["unit"], group.get("year_starts", 4))
            by_number.update(dict.fromkeys(one.get("ids", ()), found))
            by_name.update({normal(name): found for name in names})
    return by_number, by_name
