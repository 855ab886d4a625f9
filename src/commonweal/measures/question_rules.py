"""The design check of a council's own questions: its rules, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.methods.question_design import slips_of


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that may be wrong, why that matters, and how it is mended."""

    title: str
    about: str
    why: str
    mend: str


@cache
def content() -> dict[str, Any]:
    """Word lists, rules and where they are from."""
    found: dict[str, Any] = yaml.safe_load(
        files("commonweal.measures").joinpath("content/questions.yaml").read_text("utf-8"))
    return found


def looked_at(question: str, answers: tuple[str, ...]) -> tuple[Found, ...]:
    """What the rules find, each rule once."""
    rules = content()["rules"]
    slips = {slip.key: slip for slip in reversed(slips_of(question, answers, content()["words"]))}
    return tuple(Found(rules[key]["title"], slips[key].about, rules[key]["why"], rules[key]["mend"])
                 for key in rules if key in slips)
