"""Whether the conditions of a row of law hold for a commission, as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TESTS = {
    "at_least": lambda told, bound: told >= bound,
    "over": lambda told, bound: told > bound,
    "under": lambda told, bound: told < bound,
    "up_to": lambda told, bound: told <= bound,
}
GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the conditions hold; `unknown` names the facts whose absence alone keeps that from being said."""

    holds: bool
    unknown: tuple[str, ...] = ()


def verdict(when: Mapping[str, Any], case: Mapping[str, Any]) -> Verdict:
    """A condition that fails decides, whatever else is unknown."""
    unknown = []
    for name, wanted in when.items():
        told = case.get(name)
        if told is None:
            unknown.append(name)
        elif not _meets(told, wanted):
            return Verdict(False)
    return Verdict(not unknown, tuple(unknown))


def _meets(told: Any, wanted: Any) -> bool:
    if wanted == GIVEN:
        return bool(told)
    if isinstance(wanted, list):
        return told in wanted
    return all(TESTS[name](told, bound) for name, bound in wanted.items())
