"""An organisation brings a survey file, says what its columns are, makes evidence of it, deletes its answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Organisation, Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.lake.surveys.proposing import ColumnProposal, questions_in
from commonweal.lake.surveys.reading import Answers
from commonweal.lake.surveys.words import DEMOGRAPHICS, Use
from commonweal.needs.actions.evidence import Told, record_evidence
from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceItem, Survey, SurveyState
from commonweal.needs.personal_text import warning_for

NO_QUESTION = (
    "No column looks like a question with set answers, so there is nothing to weight. Export the answers one "
    "column a question, or write down what was said as evidence."
)


class Verb(models.TextChoices):
    """The deeds of bringing a survey."""

    BROUGHT = "needs.survey_brought"
    ASKED = "needs.survey_asked"
    CONFIRMED = "needs.survey_columns_confirmed"
    READ = "needs.survey_read"
    REFUSED = "needs.survey_refused"
    MADE_EVIDENCE = "needs.survey_made_evidence"
    REMOVED = "needs.survey_answers_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyTold:
    """What is told of a survey before its file is read; an empty number or date is not known."""

    title: str
    perspective: str
    gathered_from: date | None = None
    gathered_to: date | None = None
    chosen: str = Chosen.UNKNOWN
    asked_by: str = AskedBy.UNKNOWN
    covers: str = Covers.UNKNOWN
    asked: int | None = None


@transaction.atomic
def bring_survey(
    *, by: Viewer, partnership: Partnership, told: SurveyTold, upload: Upload | None = None
) -> Survey:
    """A survey of one's own organisation, its file still to be read."""
    require(by, Permission.UPLOAD, partnership.pk)
    warning = warning_for(told.title)
    if warning:
        raise Refused(warning)
    if any(day and day > clock.today() for day in (told.gathered_from, told.gathered_to)):
        raise Refused("It cannot have been asked after today. Check the dates.")
    organisation = acted_for(by, partnership.pk)
    if organisation is None:
        raise Refused("Only people of an organisation in the partnership can bring a survey.")
    row = saved(Survey(
        partnership=partnership, organisation=Organisation.objects.get(pk=organisation), brought_by_id=by.person,
        upload=upload, **asdict(told),
    ))
    record_event(by=by, verb=Verb.BROUGHT, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def ask_columns(
    *, by: Viewer, survey: Survey, columns: tuple[ColumnProposal, ...], fingerprint: str
) -> None:
    """Keep what the columns seem to be, for a person to confirm; refused where none is a question."""
    require(by, Permission.UPLOAD, survey.partnership_id)
    if not questions_in({one.name: one.use for one in columns}):
        raise Refused(NO_QUESTION)
    survey.columns = [asdict(one) for one in columns]
    survey.fingerprint, survey.state = fingerprint, SurveyState.ASKED
    saved(survey)
    record_event(by=by, verb=Verb.ASKED, subject=survey, partnership=survey.partnership_id)


@transaction.atomic
def confirm_columns(*, by: Viewer, survey: Survey, uses: dict[str, str]) -> None:
    """A person has said what each column is; what is about people stays out whatever they say."""
    require(by, Permission.UPLOAD, survey.partnership_id)
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    if row.state != SurveyState.ASKED:
        raise Refused("This survey does not wait for an answer. Look at the list of surveys.")
    personal = {one["name"] for one in row.columns if one["use"] == Use.PERSONAL}
    mapping = {
        one["name"]: Use.PERSONAL.value if one["name"] in personal else Use(uses.get(one["name"], "ignore")).value
        for one in row.columns
    }
    if not questions_in(mapping):
        raise Refused("Say of at least one column that it is a question.")
    for use in DEMOGRAPHICS:
        if sum(one == use for one in mapping.values()) > 1:
            raise Refused(f"Two columns are said to be {use.value}. Choose the one to weight by.")
    row.mapping, row.state = mapping, SurveyState.READING
    saved(row)
    survey.refresh_from_db()
    record_event(by=by, verb=Verb.CONFIRMED, subject=row, partnership=row.partnership_id)


@transaction.atomic
def settle_survey(*, by: Viewer, survey: Survey, answers: Answers) -> None:
    """Its answers are kept in the lake; here, how many and what stayed at the door."""
    require(by, Permission.UPLOAD, survey.partnership_id)
    survey.answered, survey.state, survey.said = answers.table.num_rows, SurveyState.READ, ""
    survey.questions = [asdict(one) for one in answers.questions]
    survey.left = asdict(answers.left)
    saved(survey)
    record_event(by=by, verb=Verb.READ, subject=survey, partnership=survey.partnership_id)


@transaction.atomic
def refuse_survey(*, by: Viewer, survey: Survey, why: str) -> None:
    """Its file cannot be read; the sentence says why and what to do."""
    require(by, Permission.UPLOAD, survey.partnership_id)
    survey.state, survey.said = SurveyState.REFUSED, why[:500]
    saved(survey)
    record_event(by=by, verb=Verb.REFUSED, subject=survey, partnership=survey.partnership_id)


@transaction.atomic
def make_evidence(
    *, by: Viewer, survey: UUID, partnership: Partnership, summary: str, limits: str, effective: float,
    covers: str = "",
) -> EvidenceItem:
    """One piece of evidence of what the survey says; its grade follows from how people were chosen and asked.

    `covers` is what the answers were found to cover; without it, what was said when it was brought.
    """
    row = _own(by, partnership, survey)
    if row.state != SurveyState.READ:
        raise Refused("The survey is not read yet, or its answers were deleted.")
    if row.evidence_id and row.evidence.withdrawn is None:
        raise Refused("It is evidence already. Withdraw that first if it should be recorded anew.")
    told = Told(
        title=row.title, kind="survey", perspective=row.perspective, summary=summary, limits=limits,
        chosen=row.chosen, asked_by=row.asked_by, covers=covers or row.covers, gathered_from=row.gathered_from,
        gathered_to=row.gathered_to, answered=row.answered, asked=row.asked, effective=effective,
        how_asked="A survey, weighted as its own page says.",
    )
    item = record_evidence(by=by, partnership=partnership, told=told, text_checked=not warning_for(summary))
    row.evidence = item
    saved(row)
    record_event(by=by, verb=Verb.MADE_EVIDENCE, subject=row, partnership=partnership.pk)
    return item


@transaction.atomic
def remove_answers(*, by: Viewer, survey: UUID, partnership: Partnership) -> Survey:
    """Delete the answers for good; the record that there was a survey, and evidence made of it, stay."""
    row = _own(by, partnership, survey)
    row.state, row.columns, row.mapping, row.questions = SurveyState.REMOVED, [], {}, []
    saved(row)
    record_event(by=by, verb=Verb.REMOVED, subject=row, partnership=partnership.pk)
    return row


def _own(by: Viewer, partnership: Partnership, survey: UUID) -> Any:
    require(by, Permission.UPLOAD, partnership.pk)
    row = Survey.objects.select_for_update().filter(
        pk=survey, partnership=partnership, organisation=acted_for(by, partnership.pk)
    ).first()
    if row is None:
        raise NotFound("There is no such survey, or it is another organisation's.")
    return row
