"""The results of an online consultation become evidence: one piece a question, its people never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.actions.evidence import Told, record_evidence
from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceItem, EvidenceKind, Perspective
from commonweal.needs.participation import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """What is the same for all its questions."""

    perspective: Perspective = Perspective.COMMUNITY
    asked_by: AskedBy = AskedBy.ONLINE
    covers: Covers = Covers.UNKNOWN
    citation: str = ""


@transaction.atomic
def bring_participation(
    *, by: Viewer, partnership: Partnership, consultation: Consultation, questions: Iterable[Question],
    text_checked: bool = False,
) -> tuple[EvidenceItem, ...]:
    """Keep each question with one's own organisation: all of them or none, and none a second time."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    asked = tuple(questions)
    for one in asked:
        _not_here_yet(by, partnership, one)
    return tuple(
        record_evidence(by=by, partnership=partnership, told=_told(consultation, one), text_checked=text_checked)
        for one in asked
    )


def _told(consultation: Consultation, one: Question) -> Told:
    return Told(
        title=one.title, kind=EvidenceKind.PARTICIPATION, perspective=consultation.perspective,
        summary=one.summary, limits=one.limits, chosen=Chosen.OPEN, asked_by=consultation.asked_by,
        covers=consultation.covers, how_asked=one.title, gathered_from=one.first, gathered_to=one.last,
        answered=one.answered, citation=consultation.citation,
    )


def _not_here_yet(by: Viewer, partnership: Partnership, one: Question) -> None:
    """Refuse what stands already: a file brought twice would count its people twice."""
    if EvidenceItem.objects.filter(
        partnership=partnership, organisation=by.organisation_in(partnership.pk), kind=EvidenceKind.PARTICIPATION,
        title=one.title, gathered_from=one.first, gathered_to=one.last, answered=one.answered, withdrawn=None,
    ).exists():
        raise Refused(f"“{one.title}” with these answers is here already. Nothing was brought a second time.")
