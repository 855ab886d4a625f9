"""One question asked in several surveys, pooled by a stated rule, with how far the surveys differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.core.errors import NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.stores import own_store
from commonweal.core.viewer import Viewer, require
from commonweal.lake.surveys.reading import Asked
from commonweal.lake.surveys.store import AnswerStore
from commonweal.lake.surveys.words import Use
from commonweal.methods.intervals import z_value
from commonweal.methods.meta import BEYOND, Together, pooled_inverse_variance, pooled_shares
from commonweal.methods.survey import Reading
from commonweal.needs.content import read
from commonweal.needs.models import EvidenceItem, Survey, SurveyState
from commonweal.needs.queries.survey_population import Land, land_of
from commonweal.needs.queries.survey_results import QuestionResult, question_results
from commonweal.needs.queries.survey_weights import weigh
from commonweal.present.wording import listed

MEAN = "Mean"
Pick = tuple[UUID, str]  # a survey, and the key of a question in it


@dataclass(frozen=True, slots=True)
class PoolChoice:
    """A survey whose questions may be pooled: whose, when, how many, and its questions by key."""

    id: UUID
    title: str
    whose: str
    gathered: date | None
    answered: int
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PooledPart:
    """What one survey says of one answer."""

    whose: str
    title: str
    gathered: date | None
    reading: Reading
    counts: float


@dataclass(frozen=True, slots=True)
class PooledAnswer:
    """One answer over all surveys, with how far they differ in a sentence."""

    label: str
    together: Together
    parts: tuple[PooledPart, ...]
    said: str

    @property
    def differ(self) -> bool:
        """Whether the surveys differ more than chance explains."""
        return self.together.chance < BEYOND


@dataclass(frozen=True, slots=True)
class PooledQuestion:
    """The same question of several surveys: the words of each, every answer that all have, and the rule."""

    asked: tuple[tuple[str, str], ...]
    answers: tuple[PooledAnswer, ...]
    scale: bool
    said: tuple[str, ...]
    rule: str


def pool_choices(viewer: Viewer, partnership: UUID) -> tuple[PoolChoice, ...]:
    """One's own surveys, and those of partners whose evidence stands before all, by owner."""
    rows = _poolable(viewer, partnership).order_by("organisation__name", "-gathered_to", "id")
    return tuple(
        PoolChoice(row.pk, row.title, row.organisation.name, row.gathered_to, row.answered or 0,
                   tuple((one["key"], one["words"]) for one in row.questions))
        for row in rows
    )


def pooled_for(viewer: Viewer, partnership: UUID, picks: Sequence[Pick]) -> PooledQuestion:
    """The picked questions together. Refused in a sentence where they cannot be; NotFound for what is not open."""
    words = read("survey")["pool"]
    _sound(picks, words)
    rows = {row.pk: row for row in _poolable(viewer, partnership).filter(pk__in=[key for key, _ in picks])}
    land = land_of(partnership)
    found = [(rows[key], _result(rows[key], question, land)) for key, question in picks if key in rows]
    if len(found) != len(picks):
        raise NotFound("There is no such survey, or its owner has not put it before the partners.")
    scales = {result.mean is not None or not result.options for _, result in found}
    if len(scales) > 1:
        raise Refused(words["mixed"])
    readings = [(row, _readings(result)) for row, result in found]
    labels = list(dict.fromkeys(label for _, each in readings for label in each))
    answers, said = [], []
    for label in labels:
        lacking = [row.title for row, each in readings if label not in each]
        if lacking:
            said.append(words["absent"].format(answer=label, surveys=listed(lacking)))
        else:
            answers.append(_answer(label, [(row, each[label]) for row, each in readings], scale=scales == {True}))
    if not answers:
        raise Refused(words["nothing"])
    asked = tuple((f"{row.title}, {row.organisation.name}", result.words) for row, result in found)
    return PooledQuestion(asked, tuple(answers), scales == {True}, tuple(said), words["rule"])


def _sound(picks: Sequence[Pick], words: dict[str, Any]) -> None:
    if len(picks) < 2:
        raise Refused(words["few"])
    if len(picks) > words["most_surveys"]:
        raise Refused(words["most"].format(n=words["most_surveys"]))
    if len({survey for survey, _ in picks}) < len(picks):
        raise Refused(words["twice"])


def _poolable(viewer: Viewer, partnership: UUID) -> Any:
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    placed = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, placed__isnull=False, withdrawn=None)
    own = Survey.objects.visible_to(viewer, Purpose.ASSESSMENT)
    rows = Survey.objects.filter(Q(evidence__in=placed) | Q(pk__in=own.values("pk")))
    return rows.filter(partnership=partnership, state=SurveyState.READ).select_related("organisation")


def _result(row: Survey, key: str, land: Land | None) -> QuestionResult:
    asked = tuple(Asked(one["key"], one["words"], Use(one["use"])) for one in row.questions if one["key"] == key)
    if not asked:
        raise NotFound(f"There is no such question in “{row.title}”.")
    table = AnswerStore(own_store(row.partnership_id).root).read(row.pk)
    return question_results(table, asked, weigh(table, land).weights, None)[0]


def _readings(result: QuestionResult) -> dict[str, Reading]:
    """What may be shown of it, by answer."""
    if result.mean is not None:
        return {MEAN: result.mean}
    return {option.label: option.weighted for option in result.options if option.weighted is not None}


def _answer(label: str, found: list[tuple[Survey, Reading]], *, scale: bool) -> PooledAnswer:
    values, worth = [one.value for _, one in found], [one.effective for _, one in found]
    together = _means([one for _, one in found]) if scale else pooled_shares(values, worth)
    words, times = read("survey")["pool"], 1 if scale else 100
    digits = ".1f" if scale else ".0f"
    said = words["differ" if together.chance < BEYOND else "alike"].format(
        low=f"{times * min(values):{digits}}", high=f"{times * max(values):{digits}}",
        share=f"{100 * together.share:.0f}",
    )
    return PooledAnswer(label, together, tuple(
        PooledPart(row.organisation.name, row.title, row.gathered_to, one, float(counts))
        for (row, one), counts in zip(found, together.weights, strict=True)
    ), said)


def _means(found: list[Reading]) -> Together:
    """Means by the inverse of their variances, as their bounds give them."""
    variances = [max(((one.upper - one.lower) / (2 * z_value())) ** 2, 1e-9) for one in found]
    fixed = pooled_inverse_variance([one.value for one in found], variances)
    if fixed.chance >= BEYOND:
        return fixed
    return pooled_inverse_variance([one.value for one in found], variances, between=True)
