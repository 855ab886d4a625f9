"""A summary drafted from notes and feedback: themes counted by their words, quotations kept apart from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of feedback; `quote` where its words may be shown without a name."""

    worth: int
    useful: str
    next: str
    quote: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme and how many answers use one of its words."""

    title: str
    answers: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of an event, with what it rests on."""

    booked: int
    came: int
    attendance_known: bool
    answered: int
    worth: tuple[tuple[str, int], ...]
    themes: tuple[Theme, ...]
    unthemed: int
    quotations: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    method: str
    few: bool

    @property
    def answer(self) -> str:
        """The sentence that comes first."""
        came = f"{_counted(self.came, 'person', 'people')} came" if self.attendance_known else (
            f"{_counted(self.booked, 'person', 'people')} had a place; who came was not written down")
        if not self.answered:
            return f"{came}. Nobody has answered the three questions yet."
        good = sum(count for title, count in self.worth[:2])
        return f"{came}. {good} of the {self.answered} who answered say it was worth their time."


@cache
def words() -> dict[str, Any]:
    """The questions, themes and method."""
    text = files("commonweal.knowledge.content").joinpath("events.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def summary_of(
    *, answers: Iterable[Said], notes: str, booked: int, came: Iterable[bool | None]
) -> Summary:
    """Everything a summary says; nothing is averaged, and nobody is named."""
    said, told, marks = tuple(answers), words(), tuple(came)
    used = [set(WORD.findall(f"{one.useful} {one.next}".lower())) for one in said]
    counts = [Theme(theme["title"], sum(bool(each & set(theme["words"])) for each in used))
              for theme in told["themes"]]
    every = {word for theme in told["themes"] for word in theme["words"]}
    return Summary(
        booked=booked, came=sum(one is True for one in marks), answered=len(said),
        attendance_known=any(one is not None for one in marks),
        worth=tuple((title, sum(one.worth == mark for one in said)) for mark, title in told["worth"].items()),
        themes=tuple(sorted((one for one in counts if one.answers), key=lambda one: (-one.answers, one.title))),
        unthemed=sum(bool(each) and not each & every for each in used),
        quotations=tuple((told["questions"][key], quoted) for key in ("useful", "next")
                         if (quoted := tuple(sorted(text for one in said if one.quote
                                                    and (text := getattr(one, key).strip()))))),
        notes=tuple(line.strip(" -*\t") for line in notes.splitlines() if line.strip(" -*\t")),
        method=told["method"], few=0 < len(said) < told["few"],
    )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
