"""Case studies as data: what is known of what others did and what is not, read from content and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.core.cycle import step_title
from commonweal.policy.delivery_vehicles import catalogue


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that came of it, and how many people, sites or papers it rests on."""

    says: str
    n: str | None

    @property
    def rests_on(self) -> str:
        """What it rests on, or that this is not published."""
        return self.n or missing("n")


@dataclass(frozen=True, slots=True)
class Source:
    """Who wrote it down, where, and how far we have read it."""

    title: str
    where: str
    mark: str

    @property
    def standing(self) -> str:
        """How far, in words."""
        found: str = lists()["marks"][self.mark]
        return found


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Whatever is None or empty is not known, and the page says so in the same size of type."""

    key: str
    title: str
    place: str
    kind: str
    codes: tuple[str, ...]
    years: str
    services: tuple[str, ...]
    needs: tuple[str, ...]
    vehicle: str | None
    step: str
    answer: str
    needed: str | None
    did: tuple[str, ...]
    money: str | None
    results: tuple[Result, ...]
    failed: tuple[str, ...]
    contact: str | None
    known: str
    known_says: str
    missing: tuple[str, ...]
    lessons: tuple[str, ...]
    source: Source
    checked: str
    invented: bool = False

    @property
    def kind_title(self) -> str:
        """What kind of council or area it is."""
        return titles("places").get(self.kind, self.kind)

    @property
    def services_title(self) -> str:
        """The services, in words."""
        return _several({key: catalogue().service(key) for key in self.services}, self.services)

    @property
    def needs_title(self) -> str:
        """The needs it answers, in words."""
        return _several(titles("needs"), self.needs) or missing("needed")

    @property
    def vehicle_title(self) -> str:
        """Who ran it, in words, or that this is not recorded."""
        found = catalogue().one(self.vehicle) if self.vehicle else None
        return found.title if found else missing("vehicle")

    @property
    def step_title(self) -> str:
        """The step of the cycle it helps with most."""
        return step_title(self.step)

    @property
    def known_title(self) -> str:
        """How much is known, in a word or two."""
        found: str = lists()["known"][self.known]["title"]
        return found

    @property
    def known_means(self) -> str:
        """What that means for whoever relies on it."""
        found: str = lists()["known"][self.known]["says"]
        return found


def _several(words: Mapping[str, str], keys: tuple[str, ...]) -> str:
    named = [words.get(key, key) for key in keys]
    return ", ".join([*named[:1], *(one[:1].lower() + one[1:] for one in named[1:])])


@cache
def lists() -> dict[str, Any]:
    """What cases are sorted by."""
    found: dict[str, Any] = yaml.safe_load(_text("content/case_lists.yaml"))
    return found


def titles(name: str) -> dict[str, str]:
    """One of the lists: key and words."""
    found: dict[str, str] = lists()[name]
    return found


def missing(what: str) -> str:
    """What is said where something is not known."""
    found: str = lists()["missing"][what]
    return found


def kind_of(code: str) -> str:
    """What kind of council a code is of; "" where it tells none."""
    found: str = lists()["codes"].get(code[:3], "")
    return found


@cache
def library() -> tuple[Case, ...]:
    """Every case that is shipped, by title."""
    folder = files("commonweal.knowledge.content.cases")
    told = [yaml.safe_load(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".yaml")]
    return tuple(sorted((case_of(one) for one in told), key=lambda case: case.title))


def case_of(told: Mapping[str, Any]) -> Case:
    """A case from its file."""
    place, known, review = told["place"], told["known"], told["next_review"]
    day = review if isinstance(review, date) else date.fromisoformat(review)
    by = f"checked by {told['checker']}" if told["checker"] else "not yet checked by anybody else"
    return Case(
        key=told["key"], title=told["title"], place=place["name"], kind=place["kind"], codes=tuple(place["codes"]),
        years=told["years"], services=tuple(told["services"]), needs=tuple(told["needs"]), vehicle=told["vehicle"],
        step=told["step"], answer=told["answer"], needed=told["needed"], did=tuple(told["did"]),
        money=told["money"], results=tuple(Result(**one) for one in told["results"]), failed=tuple(told["failed"]),
        contact=told["contact"], known=known["how"], known_says=known["says"], missing=tuple(known["missing"]),
        lessons=tuple(told["try"]), source=Source(**told["source"]),
        checked=f"Written by {told['author']}, {by}. To be looked at again by {day:%-d %B %Y}.",
    )


def _text(name: str) -> str:
    return files("commonweal.knowledge").joinpath(name).read_text("utf-8")
