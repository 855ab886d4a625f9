"""The rule of evidence_grade told to the database, so that a hundred thousand pieces are graded in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import Case, F, FloatField, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.db.models.lookups import GreaterThanOrEqual

from commonweal.needs.content import read
from commonweal.needs.evidence_grade import LETTERS, YEAR

WORST = len(LETTERS) - 1


def letter_of(today: date) -> Any:
    """The place of an item's letter in LETTERS, as an expression over its row; what `grade_of` says of it."""
    rule = read("evidence_quality")
    lost = (
        _by_answer("chosen", rule["chosen"], lambda one: LETTERS.index(one["start"]))
        + _by_answer("covers", rule["covers"], _loss) + _age(rule, today) + _of_samples(rule)
    )
    best = _by_answer("kind", rule["kinds"], lambda one: LETTERS.index(one["best"]))
    return Least(Greatest(lost, best), Value(WORST), output_field=IntegerField())


def _loss(one: Any) -> int:
    return int(one["lose"])


def _by_answer(field: str, lines: Mapping[str, Any], points: Callable[[Any], int]) -> Any:
    """The points of each answer, those with the same points together; the commonest points need no comparison."""
    answers: dict[int, list[str]] = defaultdict(list)
    for answer, line in lines.items():
        answers[points(line)].append(str(answer))
    rest = max(answers, key=lambda one: len(answers[one]))
    steps = ((Q(**{f"{field}__in": these}), one) for one, these in answers.items() if one != rest)
    return _case(*steps, rest=rest)


def _age(rule: Any, today: date) -> Any:
    *ages, oldest = rule["ages"]
    bounds = (today - timedelta(days=ceil(YEAR * (one["years"] + 1))) for one in ages)
    steps = ((Q(gathered_to__gt=bound), _loss(one)) for bound, one in zip(bounds, ages, strict=True))
    return _case((Q(gathered_to=None), _loss(rule["age_unknown"])), *steps, rest=_loss(oldest))


def _of_samples(rule: Any) -> Any:
    """What a sample loses by its answers, by how they were asked for, and by how many of those asked answered."""
    kinds = [str(key) for key, one in rule["kinds"].items() if one["sample"]]
    lost = _answers(rule) + _by_answer("asked_by", rule["asked_by"], _loss) + _response(rule["response"])
    return Case(When(kind__in=kinds, then=lost), default=Value(0), output_field=IntegerField())


def _answers(rule: Any) -> Any:
    counted = Coalesce(F("effective"), F("answered"), output_field=FloatField())
    *steps, least = rule["answers"]
    unknown = Q(effective=None, answered=None), _loss(rule["answers_unknown"])
    reached = ((GreaterThanOrEqual(counted, Value(one["least"])), _loss(one)) for one in steps)
    return _case(unknown, *reached, rest=_loss(least))


def _response(rule: Any) -> Any:
    *steps, least = rule["steps"]
    reached = ((GreaterThanOrEqual(F("answered") * 100, F("asked") * one["least"]), _loss(one)) for one in steps)
    unknown = Q(answered=None) | Q(asked=None) | Q(asked=0)
    others, silent = (~Q(chosen__in=rule["chosen"]), 0), (unknown, _loss(rule["unknown"]))
    return _case(others, silent, *reached, rest=_loss(least))


def _case(*steps: tuple[Any, int], rest: int) -> Any:
    whens = (When(condition, then=Value(points)) for condition, points in steps)
    return Case(*whens, default=Value(rest), output_field=IntegerField())
