"""The table of what a budget may fund: options in rows, groups in columns, with each group's need and floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from commonweal.core.errors import Refused
from commonweal.methods.budget import Choice, choice
from commonweal.options.pasted import number, rows_of, written

MOST_OPTIONS = 100
MOST_GROUPS = 30


@dataclass(frozen=True, slots=True)
class Item:
    """An option: its cost, its benefit to each group, and whether it must be taken."""

    title: str
    cost: float
    benefits: tuple[float, ...]
    must: bool = False


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """Groups with how many are in need and the least benefit each must get, and the options."""

    groups: tuple[str, ...]
    need: tuple[float, ...]
    floors: tuple[float, ...]
    items: tuple[Item, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain data, from which `from_data` gives the same back."""
        return {
            "groups": list(self.groups),
            "need": list(self.need),
            "floors": list(self.floors),
            "items": [[one.title, one.cost, list(one.benefits), one.must] for one in self.items],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> BudgetTable:
        """The table of plain data."""
        items = tuple(Item(title, cost, tuple(benefits), must) for title, cost, benefits, must in data["items"])
        return cls(tuple(data["groups"]), tuple(data["need"]), tuple(data["floors"]), items)

    def as_choice(self, budget: float) -> Choice:
        """What the methods choose from."""
        held = choice(
            [one.cost for one in self.items],
            np.array([one.benefits for one in self.items]),
            budget=budget,
            need=self.need,
            floors=self.floors,
        )
        must = tuple(place for place, one in enumerate(self.items) if one.must)
        return Choice(held.cost, held.benefit, held.need, held.budget, held.floors, must)

    def as_text(self) -> str:
        """The table as it would be pasted."""
        rows = [
            ["Option", "Cost", *self.groups],
            ["need", "", *(written(one) for one in self.need)],
            ["floor", "", *(written(one) for one in self.floors)],
        ]
        rows += [
            [f"{one.title}{' *' if one.must else ''}", *map(written, (one.cost, *one.benefits))]
            for one in self.items
        ]
        return "\n".join("\t".join(row) for row in rows)


def table_of(text: str) -> BudgetTable:
    """A pasted table: a heading row, a row called need, one called floor, then options; * marks one that must be.

    Refused with the row and what to do where it does not fit.
    """
    rows = rows_of(text, most=MOST_OPTIONS + 3)
    head, width = rows[0], len(rows[0])
    if width < 3 or width > MOST_GROUPS + 2:
        raise Refused(f"The heading row names the option, the cost, and from 1 to {MOST_GROUPS} groups.")
    if len({one.casefold() for one in head[2:]}) < width - 2 or not all(head[2:]):
        raise Refused("Each group needs a name of its own in the heading row.")
    marks: dict[str, tuple[float, ...]] = {}
    items: list[Item] = []
    for at, row in enumerate(rows[1:], start=2):
        if len(row) != width:
            raise Refused(
                f"Row {at} has {len(row)} cells and the heading row {width}. Give 0 where there is none."
            )
        name = row[0].casefold()
        numbers = tuple(float(number(cell or "0", row=at, what="a number")) for cell in row[2:])
        if name in {"need", "floor"}:
            marks[name] = numbers
        else:
            items.append(_item(row, at, numbers))
    _sound(marks, items)
    floors = marks.get("floor", (0.0,) * (width - 2))
    return BudgetTable(tuple(one[:60] for one in head[2:]), marks["need"], floors, tuple(items))


def _item(row: list[str], at: int, benefits: tuple[float, ...]) -> Item:
    must = row[0].endswith("*")
    title = row[0].rstrip("* ")[:120]
    if not title:
        raise Refused(f"Row {at} has no name. Say which option it is.")
    return Item(title, float(number(row[1], row=at, what="the cost")), benefits, must)


def _sound(marks: dict[str, tuple[float, ...]], items: list[Item]) -> None:
    if "need" not in marks:
        raise Refused("Add a row called need: how many people in need each group has.")
    if not sum(marks["need"]):
        raise Refused("No group has anybody in need. Give how many there are.")
    if not items:
        raise Refused(
            "There is no option in it. Add a row for each: its name, its cost, its benefit to each group."
        )
    names = [one.title.casefold() for one in items]
    twice = next((one.title for one in items if names.count(one.title.casefold()) > 1), None)
    if twice:
        raise Refused(f"{twice} is there twice. Give each option a name of its own.")
