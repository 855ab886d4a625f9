"""How a long search for teams stands: asked for, under way with a first answer, or done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.models import Job
from commonweal.core.models.jobs import ACTIVE
from commonweal.procurement.models import TeamBrief, TeamSearch

TEAMS, COVERED = "procurement.teams", "procurement.coverage"


@dataclass(frozen=True, slots=True)
class SearchCard:
    """Of the very question that stands now: its answer so far, whether that is the last, and its work."""

    answer: dict[str, Any]
    whole: bool
    job: UUID | None
    active: bool
    told: str
    progress: int


NOT_ASKED = SearchCard({}, False, None, False, "", 0)


def search_for(brief: TeamBrief, organisation: UUID | None, question: str) -> SearchCard:
    """The search of one organisation, or that of coverage; whoever calls has asked who may see it."""
    row = TeamSearch.objects.filter(brief=brief, organisation=organisation, question=question).first()
    if row is None:
        return NOT_ASKED
    job = Job.objects.filter(key=job_key(row)).first()
    if job is None:
        return SearchCard(row.answer, row.whole, None, False, "", 0)
    return SearchCard(row.answer, row.whole, job.pk, job.state in ACTIVE, job.message, job.progress)


def job_key(row: TeamSearch) -> str:
    """What its work is called: the same search is never done twice."""
    return f"{TEAMS if row.organisation_id else COVERED}:{row.pk}"
