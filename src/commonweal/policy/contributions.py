"""What research says culture and sport do for wider needs, as dated and cited data, graded by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LETTERS = "ABCDE"
TEXTS = ("key", "theme", "claim", "rests_on", "source", "address", "verification")


class ContributionWrong(ValueError):
    """An entry that does not fit; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One finding of research: what may be said, how far it bears weight and why, and where it is from."""

    key: str
    theme: str
    claim: str
    rests_on: str
    source: str
    address: str
    verification: str
    year: int
    bearing: str
    bearing_title: str
    tone: str
    design: str
    grade: str
    reasons: tuple[str, ...]


@cache
def contributions() -> tuple[Contribution, ...]:
    """Every finding held, in the order of the file."""
    text = (files("commonweal.policy") / "data" / "contributions.yaml").read_text(encoding="utf-8")
    return contributions_of(yaml.safe_load(text))


def contributions_of(content: dict[str, Any]) -> tuple[Contribution, ...]:
    """The findings of a file's content; ContributionWrong where an entry does not fit."""
    found = tuple(_contribution(content, row) for row in content["contributions"])
    if len({one.key for one in found}) != len(found):
        raise ContributionWrong("Two contributions have the same key. Give each its own.")
    return found


def _contribution(content: dict[str, Any], row: dict[str, Any]) -> Contribution:
    lacking = [name for name in (*TEXTS, "year", "bearing", "design", "weaknesses") if name not in row]
    if lacking:
        raise ContributionWrong(f"The contribution {row.get('key')} lacks {', '.join(lacking)}. Add it.")
    for name, table, chosen in (
        ("bearing", "bearings", [row["bearing"]]), ("design", "designs", [row["design"]]),
        ("weakness", "weaknesses", row["weaknesses"]),
    ):
        for one in chosen:
            if one not in content[table]:
                raise ContributionWrong(f"The contribution {row['key']} names the {name} {one}: there is none.")
    design, bearing = content["designs"][row["design"]], content["bearings"][row["bearing"]]
    return Contribution(
        **{name: str(row[name]) for name in TEXTS}, year=int(row["year"]), bearing=row["bearing"],
        bearing_title=bearing["title"], tone=bearing["tone"], design=design["title"],
        grade=_grade(design["start"], len(row["weaknesses"])),
        reasons=(design["reason"], *(content["weaknesses"][one] for one in row["weaknesses"])),
    )


def _grade(start: str, lost: int) -> str:
    return LETTERS[min(LETTERS.index(start) + lost, len(LETTERS) - 1)]
