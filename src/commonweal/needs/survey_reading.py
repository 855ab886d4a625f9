"""Reads a survey file out of the quarantine: asks what its columns are, then takes the answers alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from commonweal.core.actions.uploads import Outcome, settle_upload
from commonweal.core.errors import NotFound, Refused
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import Upload, UploadState
from commonweal.core.quarantine import quarantine
from commonweal.core.stores import own_store
from commonweal.core.viewer import Viewer
from commonweal.lake.opening import CannotOpen, Sheet
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.lake.surveys.proposing import as_before, fingerprint, propose
from commonweal.lake.surveys.reading import NoQuestion, read_answers
from commonweal.lake.surveys.store import AnswerStore
from commonweal.lake.surveys.words import Use
from commonweal.needs.actions.survey import ask_columns, refuse_survey, settle_survey
from commonweal.needs.models import Survey
from commonweal.needs.personal_text import personal_in
from commonweal.needs.queries.survey_population import area_finder, land_of
from commonweal.needs.queries.surveys import confirmed_before

CAPS = Caps()


def look_at_survey(handle: Handle) -> str:
    """What the columns seem to be; the survey then waits for a person, or says why it cannot be read."""
    survey = Survey.objects.select_related("upload").get(pk=handle.subject)

    def look(sheet: Sheet) -> str:
        ask_about(by=handle.by, survey=survey, sheet=sheet)
        return "Say what its columns are, and the answers go in."

    return _with_sheet(handle, survey, look)


def read_survey(handle: Handle) -> str:
    """The answers of the confirmed columns into the partnership's own store; the file is then deleted."""
    survey = Survey.objects.select_related("upload").get(pk=handle.subject)

    def take(sheet: Sheet) -> str:
        handle.progress(40, "Taking the answers, and leaving people at the door.")
        sentence = keep_answers(by=handle.by, survey=survey, sheet=sheet)
        _let_go(handle.by, survey, UploadState.READ, sentence)
        return sentence

    return _with_sheet(handle, survey, take)


def ask_about(*, by: Viewer, survey: Survey, sheet: Sheet) -> None:
    """Keep what the columns of a sheet seem to be, as confirmed before where they are the same."""
    known_by = fingerprint(sheet.columns)
    before = confirmed_before(survey.partnership_id, survey.organisation_id, known_by)
    ask_columns(by=by, survey=survey, columns=as_before(propose(sheet), before), fingerprint=known_by)


def keep_answers(*, by: Viewer, survey: Survey, sheet: Sheet) -> str:
    """Take the confirmed columns of a sheet into the store; gives the closing sentence."""
    uses = {name: Use(use) for name, use in survey.mapping.items()}
    land = land_of(survey.partnership_id)
    answers = read_answers(sheet, uses, area_of=area_finder(land), personal=personal_in)
    AnswerStore(own_store(survey.partnership_id).root).keep(survey.pk, answers.table)
    settle_survey(by=by, survey=survey, answers=answers)
    count, questions = answers.table.num_rows, len(answers.questions)
    return f"{count:,} people answered {questions} question{'' if questions == 1 else 's'}. See what they said."


def _with_sheet(handle: Handle, survey: Survey, work: Callable[[Sheet], str]) -> str:
    """Do the work on the fullest sheet of the file; a file that will not do is refused in words and let go."""
    upload = _upload(survey)
    try:
        with quarantine().opened(upload.pk, upload.name) as path:
            handle.progress(10, "Opening the file.")
            return work(sheet_of(path))
    except (CannotOpen, NoQuestion, NotFound, Refused) as error:
        refuse_survey(by=handle.by, survey=survey, why=str(error))
        _let_go(handle.by, survey, UploadState.SET_ASIDE, str(error))
        return str(error)


def sheet_of(path: Path) -> Sheet:
    """The fullest sheet of a survey's file; CannotOpen in words where it has no table with rows."""
    with Sandbox(caps=CAPS) as sandbox:
        sheets = [sheet for opened in sandbox.open(path) for sheet in opened.sheets if sheet.table.num_rows]
    if not sheets:
        raise CannotOpen(f"“{path.name}” holds no table with rows. Export the survey's answers as .csv or .xlsx.")
    return max(sheets, key=lambda sheet: sheet.table.num_rows)


def _let_go(by: Viewer, survey: Survey, state: UploadState, sentence: str) -> None:
    upload = _upload(survey)
    settle_upload(by=by, upload=upload, state=state, outcome=Outcome(sentence))
    quarantine().let_go(upload.pk)


def _upload(survey: Survey) -> Upload:
    if survey.upload is None:
        raise NotFound("No file was brought for this survey. Bring it again.")
    return survey.upload
