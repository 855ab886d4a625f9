"""Which few of many measures stand out: a stated rule with its marks shown, so that nobody picks by hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from commonweal.methods.arrays import MethodError
from commonweal.methods.trend import Verdict


class Reason(StrEnum):
    """Why a candidate is among the chosen."""

    SCORE = "score"      # one of the highest scores its theme has room for
    FILL = "fill"        # below the least score, taken to reach the least number


@dataclass(frozen=True, slots=True)
class Candidate:
    """One measure that might stand out, its four marks each 0-1 as the mark functions give them."""

    key: str
    theme: str
    distance: float
    certainty: float
    size: float
    trend: float
    good_news: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """The selection rule; its weights are of distance, certainty, size and trend and add up to 1."""

    distance: float = 0.4
    certainty: float = 0.25
    size: float = 0.2
    trend: float = 0.15
    least: int = 5
    most: int = 9
    per_theme: int = 2
    most_good_news: int = 2
    least_score: float = 0.4

    def __post_init__(self) -> None:
        if abs(self.distance + self.certainty + self.size + self.trend - 1) > 1e-9:
            raise MethodError("The weights of the selection rule must add up to 1.")
        if not 0 < self.least <= self.most or self.per_theme < 1:
            raise MethodError("At least one finding, no fewer than one a theme, and `most` not below `least`.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate the rule picked: its score, the parts that make it, and its place from 1."""

    candidate: Candidate
    score: float
    parts: tuple[float, float, float, float]  # weight x mark: distance, certainty, size, trend
    place: int
    reason: Reason


def distance_mark(distance: float | None, *, full: float = 3.0) -> float:
    """How far from peers: |robust distance| / full, at most 1; 0 where unknown."""
    return 0.0 if distance is None or math.isnan(distance) else min(abs(distance) / full, 1.0)


def certainty_mark(certain: bool | None) -> float:
    """1 where the difference can be told from chance, ½ where no interval is published, 0 where it cannot."""
    return 0.5 if certain is None else float(certain)


def size_mark(affected: float | None, population: float, *, full: float = 0.25) -> float:
    """How many people: share of the population affected over `full`, at most 1; 0 where unknown."""
    if affected is None or math.isnan(affected) or population <= 0:
        return 0.0
    return min(max(affected, 0.0) / population / full, 1.0)


def trend_mark(verdict: Verdict | None, *, worse_when: Verdict | None) -> float:
    """1 where need is growing, 0 where it is shrinking, ½ where neither can be said or neither is worse."""
    if verdict not in (Verdict.RISING, Verdict.FALLING) or worse_when is None:
        return 0.5
    return 1.0 if verdict is worse_when else 0.0


def score(candidate: Candidate, rule: Rule) -> tuple[float, tuple[float, float, float, float]]:
    """The candidate's score 0-1 and its parts. Errors: a mark outside 0-1."""
    marks = (candidate.distance, candidate.certainty, candidate.size, candidate.trend)
    if not all(0 <= mark <= 1 for mark in marks):
        raise MethodError(f"Marks lie between 0 and 1; those of {candidate.key} do not: {marks}.")
    distance, certainty, size, trend = marks
    parts = (rule.distance * distance, rule.certainty * certainty, rule.size * size, rule.trend * trend)
    return sum(parts), parts


def select(candidates: Iterable[Candidate], rule: Rule | None = None) -> tuple[Chosen, ...]:
    """The findings: highest scores first, no more than `per_theme` a theme nor `most_good_news` good ones.

    Those of at least `least_score` are taken up to `most`; if fewer than `least` qualify, the next best
    fill up whatever their score, within the same limits. Equal scores go by key, so the order given does
    not matter. Errors: a key given twice, a mark outside 0-1. Source: our own rule, shown with every assessment.
    """
    rule = rule or Rule()
    scored = [(score(each, rule), each) for each in candidates]
    if len({each.key for _, each in scored}) < len(scored):
        raise MethodError("Each candidate needs a key of its own: one is given twice.")
    ordered = sorted(scored, key=lambda item: (-round(item[0][0], 12), item[1].key))
    chosen: list[Chosen] = []
    for (total, parts), each in ordered:
        reason = Reason.SCORE if total >= rule.least_score else Reason.FILL
        limit = rule.most if reason is Reason.SCORE else rule.least
        if len(chosen) < limit and _has_room(each, chosen, rule):
            chosen.append(Chosen(each, total, parts, len(chosen) + 1, reason))
    return tuple(chosen)


def _has_room(candidate: Candidate, chosen: list[Chosen], rule: Rule) -> bool:
    themes = Counter(each.candidate.theme for each in chosen)
    good = sum(each.candidate.good_news for each in chosen)
    return themes[candidate.theme] < rule.per_theme and not (candidate.good_news and good >= rule.most_good_news)
