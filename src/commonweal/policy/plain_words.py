"""What makes a text hard to read and what may be said instead, as checked data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LONGEST_PAIR = 60
_KEYS = {
    "checked", "next_review", "author", "limits", "sources", "shorter", "be", "between", "participles",
    "describes", "abbreviations",
}


class PlainWordsWrong(ValueError):
    """The file of plain words does not fit; the text says which entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and how far that has been checked."""

    what: str
    title: str
    publisher: str
    where: str
    verification: str


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Limits, shorter wordings by the longer one, and lists that tell the passive and where a sentence ends."""

    checked: date
    next_review: date
    long_sentence: int
    public_age: int
    officers_age: int
    sources: tuple[Source, ...]
    shorter: dict[str, str]
    be: frozenset[str]
    between: frozenset[str]
    participles: frozenset[str]
    describes: frozenset[str]
    abbreviations: frozenset[str]


@cache
def plain_words() -> PlainWords:
    """The file, read and checked once."""
    text = files("commonweal.policy").joinpath("data/plain_words.yaml").read_text("utf-8")
    return plain_words_from(yaml.safe_load(text))


def plain_words_from(told: dict[str, Any]) -> PlainWords:
    """What the file says; PlainWordsWrong where a part is missing, unknown or said twice."""
    if set(told) != _KEYS:
        raise PlainWordsWrong(f"plain_words.yaml: these parts are missing or unknown: {sorted(set(told) ^ _KEYS)}")
    limits = told["limits"]
    lists = {
        key: frozenset(str(word) for word in told[key])
        for key in ("be", "between", "participles", "describes", "abbreviations")
    }
    return PlainWords(
        checked=told["checked"], next_review=told["next_review"], long_sentence=int(limits["long_sentence_words"]),
        public_age=int(limits["reading_age"]["public"]), officers_age=int(limits["reading_age"]["officers"]),
        sources=tuple(Source(**one) for one in told["sources"]), shorter=_pairs(told["shorter"]), **lists,
    )


def _pairs(rows: list[dict[str, Any]]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for row in rows:
        if set(row) != {"say", "for"} or not row["for"]:
            raise PlainWordsWrong(f"plain_words.yaml: {row} needs `say` and `for`, and nothing else.")
        for long in row["for"]:
            if long in pairs:
                raise PlainWordsWrong(f"plain_words.yaml: “{long}” stands twice.")
            if len(long) > LONGEST_PAIR or long != long.casefold() or long == row["say"]:
                raise PlainWordsWrong(f"plain_words.yaml: “{long}” needs small letters and another wording.")
            pairs[long] = row["say"]
    return pairs
