"""The evidence as it stood when a need was put to those who sign: the whole copy, and what is read of it often.

The copy is JSON with a piece a line, so that a page of it is read without the rest.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commonweal.needs.evidence_grade import LETTERS
from commonweal.needs.models import Verdict

Item = dict[str, Any]
BEST = 5  # kept of each verdict, so that another leads where the first is shut or has aged
_BEGIN, _BETWEEN, _END = '{"evidence": [\n', ",\n", "\n]}"


@dataclass(frozen=True, slots=True)
class Short:
    """How many pieces said what, on what shared data they rest, and the best that speak for and against."""

    heard: Mapping[tuple[str, str], int]
    shared: tuple[str, ...]
    best: Mapping[str, tuple[Item, ...]]


NOTHING = Short({}, (), {})


def copy_of(items: Iterable[Item]) -> str:
    """The whole copy as text."""
    return _BEGIN + _BETWEEN.join(map(_line, items)) + _END


def pieces_of(copy: str, span: slice = slice(None)) -> tuple[list[Item], int]:
    """Some pieces of a copy, and how many it holds; a copy of before is one line, and is read whole."""
    if not copy.startswith(_BEGIN):
        every: list[Item] = json.loads(copy)["evidence"]
        return every[span], len(every)
    inside = copy[len(_BEGIN):-len(_END)]
    lines = inside.split(_BETWEEN) if inside else []
    return [json.loads(line) for line in lines[span]], len(lines)


def short_of(items: list[Item], *, shared: Callable[[Item], str], letter: Mapping[str, int]) -> str:
    """What is kept beside a copy: `shared` names what a piece rests on, `letter` its grade then, 0 the best."""
    heard = Counter((item["perspective"], item["verdict"]) for item in items)
    best = {
        verdict.value: strongest([one for one in items if one["verdict"] == verdict], letter)[:BEST]
        for verdict in (Verdict.SUPPORTS, Verdict.AGAINST)
    }
    return json.dumps({
        "heard": [[*what, count] for what, count in sorted(heard.items())],
        "shared": sorted({key for key in map(shared, items) if key}), "best": best,
    }, sort_keys=True, ensure_ascii=False)


def read_short(text: str) -> Short:
    """What was kept beside a copy."""
    said = json.loads(text)
    return Short(
        {(perspective, verdict): count for perspective, verdict, count in said["heard"]}, tuple(said["shared"]),
        {verdict: tuple(items) for verdict, items in said["best"].items()},
    )


def strongest(items: Iterable[Item], letter: Mapping[str, int]) -> list[Item]:
    """The best graded first; of equals, the one that most people answered."""
    return sorted(items, key=lambda one: (letter.get(one["id"], len(LETTERS)), -(one["answered"] or 0)))


def _line(item: Item) -> str:
    return json.dumps(item, sort_keys=True, ensure_ascii=False)
