"""One appraisal as pages and papers read it: what it stands on, options, scores, weights, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from commonweal.options.appraised import Given, GroupHeld, Result, result_of
from commonweal.options.grounds import Pointed
from commonweal.options.models import Sift
from commonweal.policy.decision_gates import Gate
from commonweal.policy.delivery_vehicles import Vehicle, catalogue
from commonweal.present.status import long_date


@dataclass(frozen=True, slots=True)
class StandsOn:
    """A need or an outcome, in the version that was read."""

    id: UUID
    title: str
    statement: str
    number: int
    newest: bool
    agreed: bool = True

    @property
    def not_agreed(self) -> str:
        """What stands behind its title where the partners have not agreed it yet."""
        return "" if self.agreed else " (not agreed yet)"


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion with its ends."""

    id: UUID
    title: str
    unit: str
    worst: float
    best: float
    worst_means: str
    best_means: str
    outcome: str

    @property
    def measured(self) -> bool:
        """Whether it has a measure of its own, rather than a rating from 0 to 100."""
        return bool(self.unit)

    @property
    def ends(self) -> tuple[str, str]:
        """The worst and the best end in words."""
        if self.measured:
            gap = "" if self.unit.startswith("%") else " "
            numbers = (f"{plain(self.worst)}{gap}{self.unit}", f"{plain(self.best)}{gap}{self.unit}")
            means = (self.worst_means, self.best_means)
            worst, best = (f"{one}: {said}" if said else one for one, said in zip(numbers, means, strict=True))
            return worst, best
        return self.worst_means, self.best_means

    def rated(self, value: float) -> float:
        """A score between the ends, from 0 to 100."""
        return 100 * (value - self.worst) / (self.best - self.worst)

    def inside(self, value: float) -> bool:
        """Whether it lies between the ends."""
        return min(self.worst, self.best) <= value <= max(self.worst, self.best)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score with what it rests on and who said it."""

    low: float
    likely: float
    high: float
    evidence: str
    by: str
    on: datetime
    grounds: tuple[Pointed, ...] = ()

    @property
    def words(self) -> str:
        """'40', '40 (30 to 55)'."""
        return range_words(self.low, self.likely, self.high)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option with its vehicle, sift, scores by criterion, money and risk."""

    id: UUID
    title: str
    vehicle: Vehicle | None
    description: str
    baseline: bool
    agreement: str
    agreement_id: UUID | None
    sift: Sift
    sift_reason: str
    scores: dict[UUID, ScoreLine]
    costing: UUID | None
    risk_case: UUID | None

    @property
    def kept(self) -> bool:
        """Whether it is on the short list."""
        return self.sift == Sift.KEPT


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group with the weights that stand; `stale` where they were given for other ends."""

    id: UUID
    title: str
    took_part: str
    points: dict[UUID, tuple[float, float]]
    reason: str
    by: str
    given_at: datetime | None
    stale: bool

    @property
    def stands(self) -> bool:
        """Whether its weights count."""
        return bool(self.points) and not self.stale


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate and its answer."""

    gate: Gate
    fields: dict[str, str] = field(default_factory=dict)
    not_applying: str = ""
    answered_at: datetime | None = None

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Each question with its answer."""
        return tuple((one.asks, as_written(one.kind, self.fields.get(one.key, ""))) for one in self.gate.fields)

    @property
    def on_paper(self) -> str:
        """Its answers as running text: a comment, then by whom and when in brackets."""
        said, aside = [], []
        for one in self.gate.fields:
            answer = as_written(one.kind, self.fields.get(one.key, "")).rstrip(".")
            if one.paper:
                said.append(f"{one.paper}: {answer}.")
            elif one.kind == "text":
                said.append(f"{answer}.")
            else:
                aside.append(answer)
        return " ".join((*said, *((f"({', '.join(aside)}.)",) if aside else ())))

    @property
    def met(self) -> bool:
        """Whether every field is answered, or it is said with a reason not to apply."""
        return bool(self.not_applying) or all(self.fields.get(one.key, "").strip() for one in self.gate.fields)


@dataclass(frozen=True, slots=True)
class NotesLine:
    """What people wrote for the business case."""

    recommended: UUID | None = None
    because: str = ""
    affordable: str = ""
    bought: str = ""
    managed: str = ""
    exempt: str = ""
    exempt_why: str = ""


@dataclass(frozen=True)
class AppraisalView:
    """One appraisal with everything in it."""

    id: UUID
    title: str
    question: str
    service: str
    where: str
    outcomes: tuple[StandsOn, ...]
    needs: tuple[StandsOn, ...]
    criteria: tuple[CriterionLine, ...]
    options: tuple[OptionLine, ...]
    groups: tuple[GroupLine, ...]
    gates: tuple[GateLine, ...]
    notes: NotesLine
    ends_agreed_at: datetime | None
    sheet: UUID | None
    choice: tuple[UUID, int] | None

    @property
    def service_title(self) -> str:
        """The service in words."""
        return catalogue().service(self.service)

    @property
    def short(self) -> tuple[OptionLine, ...]:
        """The short list."""
        return tuple(one for one in self.options if one.kept)

    @property
    def dropped(self) -> tuple[OptionLine, ...]:
        """Those put aside."""
        return tuple(one for one in self.options if one.sift == Sift.DROPPED)

    @property
    def unsifted(self) -> tuple[OptionLine, ...]:
        """Those that wait for a word."""
        return tuple(one for one in self.options if not one.sift)

    @property
    def weighed(self) -> tuple[GroupLine, ...]:
        """Groups whose weights count."""
        return tuple(one for one in self.groups if one.stands)

    @property
    def unmet(self) -> tuple[GateLine, ...]:
        """Gates that are not answered."""
        return tuple(one for one in self.gates if not one.met)

    @property
    def unscored(self) -> tuple[str, ...]:
        """What is missing before there is a result: an option and a criterion, or a score outside its ends."""
        return tuple(
            f"{one.title}, {criterion.title}" for one in self.short for criterion in self.criteria
            if not _usable(one.scores.get(criterion.id), criterion)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Why there is no result yet, each in a sentence."""
        return tuple(_missing(self))

    @property
    def waiting(self) -> tuple[str, ...]:
        """Groups that are left out of the result so far."""
        return tuple(_waiting(self))

    @cached_property
    def result(self) -> Result | None:
        """What follows, once every option on the short list is scored and a group has weighed."""
        return None if self.missing else result_of(given_of(self))

    def option(self, pk: UUID | None) -> OptionLine | None:
        """The option of a key."""
        return next((one for one in self.options if one.id == pk), None)


def given_of(view: AppraisalView) -> Given:
    """The numbers of the short list, as ratings from 0 to 100."""

    def table(part: str) -> tuple[tuple[float, ...], ...]:
        return tuple(
            tuple(_rating(one.scores[criterion.id], criterion, part) for criterion in view.criteria)
            for one in view.short
        )

    groups = tuple(
        GroupHeld(
            one.title, tuple(one.points[each.id][0] for each in view.criteria),
            tuple(max(0.0, one.points[each.id][0] - one.points[each.id][1]) for each in view.criteria),
            tuple(min(100.0, one.points[each.id][0] + one.points[each.id][1]) for each in view.criteria),
        ) for one in view.weighed
    )
    return Given(tuple(one.title for one in view.short), tuple(one.title for one in view.criteria),
                 table("low"), table("likely"), table("high"), groups)


def _missing(view: AppraisalView) -> Iterable[str]:
    if len(view.short) < 2:
        yield "Fewer than two options are on the short list."
    if not view.criteria or view.ends_agreed_at is None:
        yield "The criteria and the ends of their scales are not agreed yet."
        return
    if lacking := view.unscored:
        more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
        yield f"Scores are missing: {'; '.join(lacking[:3])}{more}."
    if not view.weighed:
        yield "No group has given its weights yet." if view.groups else "No group is named yet."


def _waiting(view: AppraisalView) -> Iterable[str]:
    for one in view.groups:
        if not one.points:
            yield f"{one.title} has not given its weights yet, and is left out."
        elif one.stale:
            yield f"{one.title} gave its weights for other ends, and is left out. Ask them again."


def _usable(score: ScoreLine | None, criterion: CriterionLine) -> bool:
    return score is not None and criterion.inside(score.low) and criterion.inside(score.high)


def _rating(score: ScoreLine, criterion: CriterionLine, part: str) -> float:
    """On a scale where less is better, the most is the worst."""
    if part != "likely" and criterion.best < criterion.worst:
        part = "high" if part == "low" else "low"
    return criterion.rated(float(getattr(score, part)))


def as_written(kind: str, said: str) -> str:
    """An answer as people write it: a date in words."""
    return long_date(date.fromisoformat(said)) if kind == "date" and said else said


def range_words(low: float, likely: float, high: float) -> str:
    """'40', '40 (30 to 55)'."""
    return plain(likely) if low == high else f"{plain(likely)} ({plain(low)} to {plain(high)})"


def plain(value: float) -> str:
    """A number without needless noughts."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
