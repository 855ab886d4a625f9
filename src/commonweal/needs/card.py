"""Indicator cards: each indicator as a reviewed document, saying why it matters and what it cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from commonweal.core.figure import Unit
from commonweal.needs.assessment import Side
from commonweal.needs.content import ContentWrong, parsed, read


class Level(StrEnum):
    """What the publisher gives a value for, from the smallest."""

    AREA = "area"          # small areas (LSOA 2021): added up for any place
    DISTRICT = "district"  # lower tier and unitary districts
    UPPER = "upper"        # counties and unitary districts
    COUNTRY = "country"    # England alone


class Kind(StrEnum):
    """How the figure was come by."""

    COUNT = "count"
    SURVEY = "survey"
    MODELLED = "modelled"


class Need(StrEnum):
    """Which end of the scale means need."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


Findable = Literal["all", "need", "never"]  # what of it may be a finding: anything, need alone, nothing


@dataclass(frozen=True, slots=True)
class CardSource:
    """Where in the lake the values are: a data set, an indicator, and what to do with them."""

    dataset: str
    indicator: str
    level: Level
    sex: str = "persons"
    category: str = ""
    categories: tuple[str, ...] = ()  # a share of these categories' counts
    scale: float = 1.0                # value x scale, as where a share is published 0-1
    share_at_most: float | None = None  # share of people in small areas whose value is at most this
    share_above: float | None = None  # the same, where its value is more than this
    per: str = ""                     # "people": divided by residents
    plausible: tuple[float, ...] = ()  # least and most: figures beyond are mistakes in the return and held back
    years: int = 1                    # sum of the last so many yearly periods
    table: str = "observations"
    measure: str = ""                 # of the `use` table; of `facilities`, the kind of place distances are to


@dataclass(frozen=True, slots=True)
class People:
    """Whom a percentage counts, by age, so that a share can be said in people."""

    age_from: int
    age_to: int
    words: str


@dataclass(frozen=True, slots=True)
class Collect:
    """How to find out more, with the effort, and the lightest version worth having (promise N6)."""

    how: str
    effort: str
    lightest: str


@dataclass(frozen=True, slots=True)
class IndexPart:
    """The card's place in the index of need."""

    domain: str
    weight: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the chapter and what culture and sport can add to it."""

    key: str
    title: str
    side: Side
    about: str
    contribution: str


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator as people should read it. `checker` is empty until a second person has checked it."""

    id: str
    name: str
    theme: Theme
    story: str
    source: CardSource
    unit: Unit
    need: Need
    base: str
    sentence: str
    short: str
    noun: str
    why: str
    cannot_tell: tuple[str, ...]
    kind: Kind
    n_published: bool
    collect: Collect
    author: str
    next_review: date
    checker: str = ""
    decimals: int = 1
    people: People | None = None
    index: IndexPart | None = None
    finding: Findable = "all"
    resource: bool = False  # money or provision: little of it is by itself no need

    @property
    def turn(self) -> int:
        """1 where a high value means need, -1 where a low one does, 0 where neither."""
        return {Need.HIGH: 1, Need.LOW: -1, Need.NEITHER: 0}[self.need]


@cache
def themes() -> tuple[Theme, ...]:
    """The themes in reading order."""
    return tuple(
        Theme(row["key"], row["title"], Side(row["side"]), row["about"], row["contribution"])
        for row in read("themes")["themes"]
    )


@cache
def cards() -> tuple[Card, ...]:
    """Every card, in the order of their themes and then of their names."""
    place = {theme.key: at for at, theme in enumerate(themes())}
    found = [_card(name, text) for name, text in sorted(card_files().items())]
    return tuple(sorted(found, key=lambda card: (place[card.theme.key], card.story, card.name)))


def card_files() -> dict[str, str]:
    """The text of every card by file name."""
    folder = files("commonweal.needs") / "cards"
    return {
        entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }


@cache
def card(card_id: str) -> Card:
    """One card; LookupError where there is none."""
    for one in cards():
        if one.id == card_id:
            return one
    raise LookupError(f"There is no indicator card called '{card_id}'.")


def _card(name: str, text: str) -> Card:
    data = parsed(text, name)
    try:
        return Card(
            id=data["id"], name=data["name"], theme=_theme(data["theme"]), story=data["story"],
            source=_source(data["source"]), unit=Unit(data["unit"]), need=Need(data["need"]), base=data["base"],
            sentence=data["sentence"], short=data["short"], noun=data["noun"], why=" ".join(data["why"].split()),
            cannot_tell=tuple(data["cannot_tell"]), kind=Kind(data["quality"]["kind"]),
            n_published=data["quality"]["n_published"], collect=Collect(**data["collect"]), author=data["author"],
            next_review=data["next_review"], checker=data.get("checker") or "", decimals=data.get("decimals", 1),
            people=_people(data.get("people")), finding=data.get("finding", "all"),
            resource=data.get("resource", False),
            index=IndexPart(**data["index"]) if data.get("index") else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ContentWrong(f"The indicator card {name} is not whole: {error!r}.") from error


def _theme(key: str) -> Theme:
    return next(theme for theme in themes() if theme.key == key)


def _source(data: dict[str, Any]) -> CardSource:
    lists = {key: tuple(data.get(key, ())) for key in ("categories", "plausible")}
    return CardSource(**{**data, "indicator": data.get("indicator", ""), "level": Level(data["level"]), **lists})


def _people(data: dict[str, Any] | None) -> People | None:
    return None if data is None else People(data["from"], data["to"], data["words"])
