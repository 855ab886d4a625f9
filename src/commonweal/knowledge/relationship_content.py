"""The questions of the private score, with the rule that draws topics from it, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Answers = Mapping[str, int]


class QuestionsWrong(ValueError):
    """The file of questions does not fit; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the topic it leads to, and how that topic is opened in the room."""

    key: str
    topic: str
    ask: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Questions:
    """One dated set."""

    version: str
    scorers: int
    gap: float
    low: float
    minutes: Mapping[str, int]
    scale: tuple[tuple[int, str], ...]
    questions: tuple[Question, ...]
    opening: str
    closing: str
    none: str

    def topics(self, client: Sequence[Answers], provider: Sequence[Answers]) -> tuple[str, ...]:
        """The keys to talk about, in the order asked: where averages lie `gap` apart, or both are `low`."""
        return tuple(
            one.key for one in self.questions
            if self._drawn(_mean(one.key, client), _mean(one.key, provider))
        )

    def _drawn(self, client: float, provider: float) -> bool:
        return abs(client - provider) >= self.gap or max(client, provider) <= self.low

    def named(self, keys: Sequence[str]) -> tuple[Question, ...]:
        """The questions of these keys, in the order asked."""
        return tuple(one for one in self.questions if one.key in keys)


def _mean(key: str, answers: Sequence[Answers]) -> float:
    return sum(one[key] for one in answers) / len(answers)


@cache
def questions() -> Questions:
    """The set in force."""
    text = files("commonweal.knowledge").joinpath("content/relationship.yaml").read_text("utf-8")
    return questions_from(yaml.safe_load(text))


def questions_from(told: dict[str, Any]) -> Questions:
    """A set from its file; QuestionsWrong where it is not eight questions on a scale of 1 to 5."""
    asked = tuple(Question(**one) for one in told["questions"])
    scale = tuple((int(one["value"]), str(one["words"])) for one in told["scale"])
    if len({one.key for one in asked}) != 8:
        raise QuestionsWrong("relationship.yaml: there must be eight questions, each with a key of its own.")
    if [value for value, _ in scale] != [5, 4, 3, 2, 1]:
        raise QuestionsWrong("relationship.yaml: the scale must run from 5 to 1.")
    if told["scorers"] < 3:
        raise QuestionsWrong("relationship.yaml: with fewer than three scorers a side people can be told apart.")
    return Questions(
        told["version"], told["scorers"], told["gap"], told["low"], dict(told["minutes"]), scale, asked,
        told["opening"], told["closing"], told["none"],
    )
