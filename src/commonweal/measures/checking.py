"""The checks of a return: new ones warn before they refuse, and what is only unlikely never does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from commonweal.measures.answers import Value
from commonweal.policy.returns import ReturnCheck, return_checks

FEWEST = 3   # numbers there must be before a sameness of all of them says anything


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that cannot be, or is unlikely; the question it begins with."""

    key: str
    words: str
    refuses: bool
    question: str


Answers = Mapping[str, Value | None]


def findings(answers: Answers, before: Answers, on: date) -> tuple[Finding, ...]:
    """What is odd about these answers, beside those of the period before."""
    found = []
    for check in return_checks():
        if check.since > on:
            continue
        hit = _hit(check, answers, before)
        if hit is not None:
            left, right = hit
            words = check.words.format(left=f"{left:,}", right=f"{right:,}")
            refuses = check.refuses is not None and check.refuses <= on
            found.append(Finding(check.key, words, refuses, check.left))
    return tuple(found)


def _hit(check: ReturnCheck, answers: Answers, before: Answers) -> tuple[int, int] | None:
    """The two numbers that a check is about, or None where it holds."""
    if check.kind == "over":
        left, right = _most(answers.get(check.left)), _most(answers.get(check.right))
        return (left, right) if left is not None and right is not None and left > right else None
    if check.kind == "jump":
        left, right = _most(answers.get(check.left)), _most(before.get(check.left))
        if not left or not right:
            return None
        return (left, right) if left >= check.times * right or right >= check.times * left else None
    numbers = {key: value for key, value in answers.items() if isinstance(value, int)}
    if check.kind == "everybody":
        return _everybody(numbers)
    if len(numbers) < FEWEST or not any(numbers.values()):
        return None
    if check.kind == "same":
        return (0, 0) if all(before.get(key) == value for key, value in numbers.items()) else None
    return (0, 0) if all(value % 10 == 0 for value in numbers.values()) else None


def _everybody(numbers: Mapping[str, int]) -> tuple[int, int] | None:
    """Whether all who came answered, were satisfied and said that it made a difference: five of them at least."""
    chain = [numbers.get(key) for key in ("people", "answered", "satisfied", "different")]
    first = chain[0]
    return (first, first) if first is not None and first >= 5 and len(set(chain)) == 1 else None


def _most(value: Value | None) -> int | None:
    """A number, or the largest of an answer's parts."""
    if isinstance(value, dict):
        return max(value.values(), default=None)
    return value if isinstance(value, int) else None
