"""How far a piece of evidence can bear weight: a stated rule over how it was gathered, never anybody's choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from commonweal.core.figure import Grade, Quality
from commonweal.needs.content import read

LETTERS = tuple(Grade)
YEAR = 365.25  # days


@dataclass(frozen=True, slots=True)
class Design:
    """The facts that the rule looks at; an empty one is not known."""

    kind: str
    perspective: str
    chosen: str
    asked_by: str = "unknown"
    covers: str = "unknown"
    gathered: date | None = None
    answered: int | None = None
    asked: int | None = None
    effective: float | None = None


@dataclass(frozen=True, slots=True)
class EvidenceGrade:
    """A grade, its reasons in words, and what may not be concluded from the evidence."""

    quality: Quality
    not_conclude: tuple[str, ...]

    @property
    def grade(self) -> Grade:
        """The letter."""
        return self.quality.grade


def grade_of(design: Design, *, today: date) -> EvidenceGrade:
    """Start at how people were chosen, lose a letter for each point lost, never above the best of the kind."""
    rule = read("evidence_quality")
    kind, chosen = rule["kinds"][design.kind], rule["chosen"][design.chosen]
    losses = _losses(rule, design, today)
    worst = LETTERS.index(chosen["start"]) + sum(one["lose"] for one in losses)
    letter = min(max(worst, LETTERS.index(kind["best"])), len(LETTERS) - 1)
    said = (chosen["reason"], kind["reason"], *(one["reason"] for one in losses))
    return EvidenceGrade(Quality(LETTERS[letter], _once(said)), _not_conclude(rule, design, losses))


def _losses(rule: Any, design: Design, today: date) -> tuple[Any, ...]:
    """Each part of the rule that applies, with what it loses."""
    found = [_age(rule, design, today), rule["covers"][design.covers]]
    if rule["kinds"][design.kind]["sample"]:
        found += [_answers(rule, design), rule["asked_by"][design.asked_by]]
        if design.chosen in rule["response"]["chosen"]:
            found.append(_response(rule, design))
    return tuple(found)


def _counted(design: Design) -> float | None:
    return design.answered if design.effective is None else design.effective


def _answers(rule: Any, design: Design) -> Any:
    counted = _counted(design)
    return rule["answers_unknown"] if counted is None else _reached(rule["answers"], counted)


def _response(rule: Any, design: Design) -> Any:
    if design.answered is None or not design.asked:
        return rule["response"]["unknown"]
    return _reached(rule["response"]["steps"], 100 * design.answered / design.asked)


def _reached(steps: Any, value: float) -> Any:
    return next(one for one in steps if value >= one["least"])


def _age(rule: Any, design: Design, today: date) -> Any:
    if design.gathered is None:
        return rule["age_unknown"]
    years = (today - design.gathered).days / YEAR
    return next((one for one in rule["ages"] if years < one["years"] + 1), rule["ages"][-1])


def _not_conclude(rule: Any, design: Design, losses: tuple[Any, ...]) -> tuple[str, ...]:
    kind = rule["kinds"][design.kind]
    few = kind["sample"] and (_counted(design) or 0) < rule["few"]["below"]
    return _once((
        *rule["chosen"][design.chosen]["not_conclude"], *kind["not_conclude"],
        *rule["perspectives"][design.perspective], *(one.get("not_conclude", "") for one in losses),
        *((rule["few"]["not_conclude"],) if few else ()),
    ))


def _once(sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in sentences if one))


def n_words(kind: str, answered: int | None, asked: int | None) -> str:
    """How many a piece rests on, in the word of its kind: answered, signed, records."""
    if answered is None:
        return "How many it rests on is not known"
    said = f"{answered:,} {read('evidence_quality')['kinds'][kind]['counted']}"
    return said if asked is None else f"{said} of {asked:,} asked"
