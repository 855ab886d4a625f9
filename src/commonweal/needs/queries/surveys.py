"""Surveys as their own organisation sees them: the list, one with its columns, and one with its results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Job
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.jobs import latest_jobs
from commonweal.core.stores import own_store
from commonweal.core.viewer import Viewer, require
from commonweal.lake.surveys.reading import Asked
from commonweal.lake.surveys.store import AnswerStore
from commonweal.lake.surveys.words import Use
from commonweal.methods.representativeness import design_effect, effective_sample_size
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import Design, EvidenceGrade, grade_of
from commonweal.needs.models import Chosen, Covers, Perspective, Survey, SurveyState
from commonweal.needs.queries.survey_population import land_of
from commonweal.needs.queries.survey_results import QuestionResult, question_results
from commonweal.needs.queries.survey_weights import Weighted, weigh
from commonweal.needs.survey_columns import ASKED_AT_MOST, beyond


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """A survey in a list."""

    id: UUID
    title: str
    whose: str
    perspective: str
    gathered: date | None
    answered: int | None
    state: SurveyState
    said: str
    job: UUID | None
    evidence: UUID | None


@dataclass(frozen=True, slots=True)
class Results:
    """One survey weighted: how many, worth how many, who is missing, what is to be said, every question.

    `said` stands before the results, `also` is what else was done, to be folded.
    """

    card: SurveyCard
    asked: int | None
    effective: float
    deff: float
    heaviest: float
    weighted: Weighted
    grade: EvidenceGrade
    said: tuple[str, ...]
    also: tuple[str, ...]
    left: dict[str, Any]
    groups: tuple[Use, ...]
    by: Use | None
    covers: str
    questions: tuple[QuestionResult, ...]


def surveys_for(viewer: Viewer, partnership: UUID) -> tuple[SurveyCard, ...]:
    """The surveys of the viewer's own organisation, newest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Survey.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    listed = list(rows.select_related("organisation", "evidence").order_by("-id"))
    jobs = latest_jobs(row.pk for row in listed)
    return tuple(_card(row, jobs.get(row.pk)) for row in listed)


def survey_row(viewer: Viewer, partnership: UUID, survey: UUID) -> Survey:
    """One survey the viewer may see; NotFound for any other."""
    rows = Survey.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=survey)
    row = rows.select_related("organisation", "evidence").first()
    if row is None:
        raise NotFound("There is no such survey, or it is another organisation's.")
    found: Survey = row
    return found


def survey_of_file(viewer: Viewer, partnership: UUID, upload: UUID) -> bool:
    """Whether a file was brought as a survey the viewer may see."""
    rows = Survey.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, upload=upload)
    return bool(rows.exists())


def survey_card(viewer: Viewer, partnership: UUID, survey: UUID) -> SurveyCard:
    """One survey as a list shows it."""
    row = survey_row(viewer, partnership, survey)
    return _card(row, latest_jobs([row.pk]).get(row.pk))


def results_for(viewer: Viewer, partnership: UUID, survey: UUID, by: Use | None = None) -> Results:
    """What a survey that was read says, told apart by one characteristic where it is asked for."""
    row = survey_row(viewer, partnership, survey)
    if row.state != SurveyState.READ:
        raise NotFound("This survey has no results: it is not read yet, or its answers were deleted.")
    table = AnswerStore(own_store(partnership).root).read(row.pk)
    weighted = weigh(table, land_of(partnership))
    asked = tuple(Asked(one["key"], one["words"], Use(one["use"])) for one in row.questions)
    by = by if by in weighted.groups else None
    effective, covers = effective_sample_size(weighted.weights), _covers(row.covers, weighted)
    said, most = (*_beyond(row), *_of_choice(row), *weighted.said), read("survey")["most_said"]
    return Results(
        card=_card(row, latest_jobs([row.pk]).get(row.pk)),
        asked=row.asked, effective=effective, deff=design_effect(weighted.weights),
        heaviest=float(np.max(weighted.weights)), weighted=weighted,
        grade=_grade(row, effective, covers),
        said=said[:most], also=(*said[most:], *weighted.also), left=row.left, groups=tuple(weighted.groups), by=by,
        covers=covers,
        questions=question_results(table, asked, weighted.weights, weighted.groups[by] if by else None),
    )


def confirmed_before(partnership: UUID, organisation: UUID, fingerprint: str) -> dict[str, str]:
    """What was last confirmed of a file with these columns by the same organisation; empty where nothing was."""
    rows = Survey.objects.filter(
        partnership=partnership, organisation=organisation, fingerprint=fingerprint
    ).exclude(mapping={})
    found: dict[str, str] = rows.order_by("-id").values_list("mapping", flat=True).first() or {}
    return found


def evidence_words(results: Results) -> tuple[str, str]:
    """What the evidence made of a survey says, and what it cannot say."""
    words, most = read("survey")["words"], read("survey")["most_in_summary"]
    lines = [line for one in results.questions if (line := _line(words, one))][:most]
    titles = [read("survey")["titles"][one.use.value].lower() for one in results.weighted.by]
    weighted = words["weighted_by"].format(by=" and ".join(titles), effective=f"{results.effective:,.0f}")
    summary = words["summary"].format(
        n=f"{results.card.answered:,}", weighted=weighted if titles else words["not_weighted"],
        lines=" ".join(lines),
    )
    return summary, words["limits"].format(said=" ".join((*results.said, *results.also)))[:2000]


def _line(words: dict[str, str], one: QuestionResult) -> str:
    """The commonest answer of a question, as one sentence; nothing where too few answered."""
    if one.mean is not None:
        return words["line_mean"].format(
            question=one.words, value=f"{one.mean.value:.1f}", low=f"{one.mean.lower:.1f}",
            high=f"{one.mean.upper:.1f}",
        )
    shown = [(option, option.weighted) for option in one.options if option.weighted is not None]
    if not shown:
        return ""
    option, reading = max(shown, key=lambda pair: pair[1].value)
    return words["line"].format(
        question=one.words, answer=option.label, value=f"{100 * reading.value:.0f}",
        low=f"{100 * reading.lower:.0f}", high=f"{100 * reading.upper:.0f}",
    )


def _covers(said: str, weighted: Weighted) -> str:
    """What the answers cover: what was said of it, but part alone where wards of many people are silent."""
    silent = sum(one.share for one in weighted.unheard if one.use is Use.AREA)
    return Covers.PART.value if said == Covers.WHOLE and silent >= read("survey")["part"] / 100 else said


def _grade(row: Survey, effective: float, covers: str) -> EvidenceGrade:
    design = Design(
        "survey", row.perspective, row.chosen, row.asked_by, covers, row.gathered_to, row.answered, row.asked,
        effective,
    )
    return grade_of(design, today=clock.today())


def _beyond(row: Survey) -> tuple[str, ...]:
    """That the last columns of a wide file are not here."""
    count = beyond(row.columns, row.mapping)
    columns = "column of the file is" if count == 1 else f"{count} columns of the file are"
    return (f"The last {columns} not here: {ASKED_AT_MOST} are asked about at once. "
            "Bring the rest as a file of their own.",) if count else ()


def _of_choice(row: Survey) -> tuple[str, ...]:
    return (read("survey")["words"]["self_selected"],) if row.chosen == Chosen.OPEN else ()


def _card(row: Survey, job: Job | None) -> SurveyCard:
    stands = row.evidence is not None and row.evidence.withdrawn is None
    return SurveyCard(
        id=row.pk, title=row.title, whose=row.organisation.name, perspective=Perspective(row.perspective).label,
        gathered=row.gathered_to, answered=row.answered, state=SurveyState(row.state), said=row.said,
        job=job.pk if job else None, evidence=row.evidence_id if stands else None,
    )
