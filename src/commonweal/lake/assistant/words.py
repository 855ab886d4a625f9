"""The header words that hint at a column's meaning, read from words.yaml."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from commonweal.lake.assistant.meanings import Meaning
from commonweal.lake.opening.matching import normal

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _patterns() -> dict[Meaning, re.Pattern[str]]:
    text = files(__package__).joinpath("words.yaml").read_text("utf-8")
    return {Meaning[name.upper()]: re.compile("|".join(found)) for name, found in yaml.safe_load(text).items()}


def spoken(header: str) -> str:
    """A header in lower-case words: "PaymentDate" is "payment date"."""
    return normal(_CAMEL.sub(" ", header)).replace("-", " ")


def hints(header: str) -> frozenset[Meaning]:
    """Every meaning the words of a header hint at."""
    said = spoken(header)
    return frozenset(meaning for meaning, pattern in _patterns().items() if pattern.search(said))
