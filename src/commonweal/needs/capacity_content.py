"""The self-assessment's questions, themes, steps and rules as values, read from their content file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from commonweal.needs.content import read


@dataclass(frozen=True, slots=True)
class Theme:
    """One kind of barrier, and how it is said when it is one or is a strength."""

    key: str
    title: str
    barrier: str
    strength: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, why it is asked, and its four described answers from 0 to 3."""

    key: str
    theme: str
    ask: str
    why: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpingStep:
    """One thing that helps: its smallest acceptable version first."""

    key: str
    helps: tuple[str, ...]
    title: str
    smallest: str
    further: str
    who: str
    hours: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Hours:
    """How much time there is: at most so many hours of steps."""

    key: str
    title: str
    hint: str
    most: int


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many answers a result is shown, and where a barrier and a strength begin."""

    shown_from: int
    barrier_below: float
    strength_from: float
    most_barriers: int
    again_after_days: int
    words: str


@cache
def themes() -> tuple[Theme, ...]:
    """The six kinds of barrier."""
    return tuple(Theme(**one) for one in read("capacity")["themes"])


@cache
def questions() -> tuple[Question, ...]:
    """Every question in its order."""
    return tuple(Question(**{**one, "answers": tuple(one["answers"])}) for one in read("capacity")["questions"])


@cache
def helping_steps() -> dict[str, HelpingStep]:
    """What helps, by key, in the order it is offered."""
    rows = read("capacity")["steps"]
    return {one["key"]: HelpingStep(**{**one, "helps": tuple(one["helps"])}) for one in rows}


@cache
def hours() -> tuple[Hours, ...]:
    """How much time a plan may take."""
    return tuple(Hours(**one) for one in read("capacity")["hours"])


@cache
def rules() -> Rules:
    """The rules of the result."""
    return Rules(**read("capacity")["rules"])


def steps_for(barriers: tuple[str, ...], *, most: int) -> tuple[HelpingStep, ...]:
    """Steps for the barriers within so many hours: one for each barrier in turn, cheapest first."""
    chosen: list[HelpingStep] = []
    left = most
    pools = [sorted((s for s in helping_steps().values() if key in s.helps), key=lambda s: s.hours)
             for key in barriers]
    while any(pools):
        for pool in pools:
            step = pool.pop(0) if pool else None
            if step is not None and step not in chosen and step.hours <= left:
                chosen.append(step)
                left -= step.hours
    return tuple(chosen)
