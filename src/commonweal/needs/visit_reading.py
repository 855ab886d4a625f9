"""Reads an export of visits out of the quarantine: asks what its columns are, then lets months in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from commonweal.core import clock
from commonweal.core.actions.uploads import Outcome, settle_upload
from commonweal.core.errors import NotFound, Refused
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import UploadState
from commonweal.core.quarantine import quarantine
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.lake.assistant.guessing import guess_columns
from commonweal.lake.assistant.meanings import Guess, Meaning
from commonweal.lake.opening import CannotOpen
from commonweal.lake.store import StoreBusy, StoreDamaged
from commonweal.lake.visits.areas import HomeAreas, home_areas
from commonweal.lake.visits.exports import Export, look_at
from commonweal.lake.visits.intake import SameMonth, Wish, bring
from commonweal.lake.visits.keys import KeyTrouble
from commonweal.lake.visits.mapping import CannotMap, Remembered, VisitMapping, propose
from commonweal.lake.visits.report import IntakeReport
from commonweal.lake.visits.standing import renew
from commonweal.lake.visits.words import MEANINGS
from commonweal.needs.actions.visits import ask_replace_or_leave, ask_what_columns, refuse_visits, settle_visits
from commonweal.needs.content import read
from commonweal.needs.models import VisitFile, VisitFileState
from commonweal.needs.queries.benefit_place import benefit_place
from commonweal.needs.queries.survey_population import Land, land_of
from commonweal.needs.queries.visit_store import deciles_of, visit_store

WAITING = "Say what its columns are, and the visits go in."
NEVER = (Meaning.EMAIL, Meaning.PHONE, Meaning.PERSON)
BYTES_A_ROW = 60  # for telling progress before the number of rows is known
CANNOT = (CannotOpen, CannotMap, NotFound, Refused, KeyTrouble, StoreDamaged)


def look_at_visits(handle: Handle) -> str:
    """Known columns go straight in; new ones wait for a person."""
    file = _file(handle)
    try:
        with quarantine().opened(file.upload_id, file.upload.name) as path:
            handle.progress(5, "Looking at what the file holds.")
            export = look_at(path)
            mapping = Remembered(visit_store(file.system).root).recall(export.columns)
            if mapping is None:
                ask_what_columns(by=handle.by, file=file, columns=columns_of(export))
                return WAITING
            file.columns, file.mapping = columns_of(export), asdict(mapping)
            return _take(handle, file, path, mapping)
    except StoreBusy as busy:
        raise Refused(f"{busy} Your file is kept; use “Try again”.") from busy
    except CANNOT as error:
        return let_go(handle.by, file, str(error))


def take_visits(handle: Handle) -> str:
    """The months of a file whose columns are known, whole or not at all; the file is then deleted."""
    file = _file(handle)
    try:
        with quarantine().opened(file.upload_id, file.upload.name) as path:
            mapping = VisitMapping(**file.mapping) if file.mapping else None
            return _take(handle, file, path, mapping)
    except StoreBusy as busy:
        raise Refused(f"{busy} Your file is kept; use “Try again”.") from busy
    except CANNOT as error:
        return let_go(handle.by, file, str(error))


def let_go(by: Viewer, file: VisitFile, why: str) -> str:
    """The file is deleted and its receipt says why."""
    refuse_visits(by=by, file=file, why=why)
    settle_upload(by=by, upload=file.upload, state=UploadState.SET_ASIDE, outcome=Outcome(why))
    quarantine().let_go(file.upload_id)
    return why


def columns_of(export: Export) -> list[dict[str, object]]:
    """Each header, what it seems to be and why; `never` where it is about people and of no use."""
    guesses = guess_columns(export.sample)
    try:
        proposed = propose(export.sample)
    except CannotMap:
        proposed = VisitMapping(when="")
    meaning = {getattr(proposed, name): name for name in MEANINGS if getattr(proposed, name)}
    return [_column(one, meaning.get(one.column, "")) for one in guesses]


def homes_of(land: Land | None) -> HomeAreas:
    """The postcodes and deciles by which homes are placed: those of the partnership's own country."""
    store = land.held.store if land else stores().published
    if not store.exists:
        raise Refused(read("visits")["words"]["no_postcodes"])
    return home_areas(store, deciles_of(land.held) if land else {})


def _column(guess: Guess, meaning: str) -> dict[str, object]:
    never = guess.meaning in NEVER and meaning != "member"
    return {
        "name": guess.column, "meaning": "" if never else meaning, "reason": guess.reason, "never": never,
    }


def _take(handle: Handle, file: VisitFile, path: Path, mapping: VisitMapping | None) -> str:
    expected = max(path.stat().st_size / BYTES_A_ROW, 1)

    def progress(rows: int) -> None:
        handle.progress(min(85.0, 10 + 75 * rows / expected), f"{rows:,} rows read.")

    handle.progress(8, "Looking up where postcodes are.")
    wish = Wish(
        clock.today(), homes_of(land_of(file.partnership_id)), mapping,
        again="replace" if file.replace else "refuse", keys=Path(settings.VAR) / "keys",
        site=file.system.title, progress=progress,
    )
    try:
        report = bring(visit_store(file.system), path, wish)
    except SameMonth as twice:
        ask_replace_or_leave(by=handle.by, file=file, why=str(twice))
        return str(twice)
    if not report.months:
        raise Refused(read("visits")["words"]["nothing"].format(rows=report.rows))
    handle.progress(88, "Counting people.")
    renew(visit_store(file.system), [int(one.replace("-", "")) for one in report.months])
    benefit_place(file.partnership_id)  # kept now, so that the first look at the page is as quick as the next
    sentence = _sentence(file, report)
    settle_visits(by=handle.by, file=file, report=report)
    settle_upload(by=handle.by, upload=file.upload, state=UploadState.READ, outcome=Outcome(sentence))
    quarantine().let_go(file.upload_id)
    return sentence


def _sentence(file: VisitFile, report: IntakeReport) -> str:
    """The closing sentence; a file that was in already says so, not one whose own first try ended early."""
    words = read("visits")["words"]
    before = VisitFile.objects.filter(system=file.system, upload__sha256=report.sha256, state=VisitFileState.READ)
    if report.unchanged and before.exclude(pk=file.pk).exists():
        return str(words["unchanged"])
    count = len(report.months)
    return str(words["done"]).format(visits=report.visits, months=f"{count} month{'' if count == 1 else 's'}")


def _file(handle: Handle) -> VisitFile:
    rows = VisitFile.objects.select_related("upload", "system", "partnership", "organisation")
    found: VisitFile = rows.get(pk=handle.subject)
    return found
