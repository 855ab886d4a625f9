"""Visits as their own organisation sees them: the systems, the files brought, and the receipt of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.models import Job
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.jobs import latest_jobs
from commonweal.core.viewer import Viewer, require
from commonweal.lake.visits.report import IntakeReport
from commonweal.needs.models import VisitFile, VisitFileState, VisitSystem


@dataclass(frozen=True, slots=True)
class FileCard:
    """One file in a list."""

    id: UUID
    name: str
    system: str
    system_id: UUID
    created: datetime
    state: VisitFileState
    said: str
    job: UUID | None
    visits: int | None


@dataclass(frozen=True, slots=True)
class SystemCard:
    """One system: whose, whether partners see its results, and the files brought where it is one's own."""

    id: UUID
    title: str
    whose: str
    mine: bool
    placed: bool
    files: tuple[FileCard, ...]
    read: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file: the report, and every column with what became of it."""

    card: FileCard
    report: IntakeReport | None
    columns: tuple[tuple[str, str, bool], ...]  # header, meaning (empty: none), never read


def sees_visits(viewer: Viewer, partnership: UUID) -> bool:
    """Whether there may be visits that the viewer sees: everybody's shown, or those of the services they run."""
    return any(viewer.may(one, partnership) for one in (Permission.VIEW_EVIDENCE, Permission.BRING_EVIDENCE))


def systems_for(viewer: Viewer, partnership: UUID) -> tuple[SystemCard, ...]:
    """One's own organisation's systems, and those whose results others have placed."""
    if not sees_visits(viewer, partnership):
        require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = VisitSystem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    own = set(viewer.organisations_in(partnership))
    files = _files(viewer, partnership)
    return tuple(
        _system(row, own, [one for one in files if one.system_id == row.pk])
        for row in rows.select_related("organisation").order_by("title", "id")
    )


def system_row(viewer: Viewer, partnership: UUID, system: UUID) -> VisitSystem:
    """One system whose results the viewer may see; NotFound for any other."""
    rows = VisitSystem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=system)
    found: VisitSystem | None = rows.select_related("organisation", "partnership").first()
    if found is None:
        raise NotFound("There is no such system, or its organisation has not shown it to partners.")
    return found


def is_mine(viewer: Viewer, system: VisitSystem) -> bool:
    """Whether the system is of an organisation the viewer belongs to there."""
    return system.organisation_id in viewer.organisations_in(system.partnership_id)


def file_row(viewer: Viewer, partnership: UUID, file: UUID) -> VisitFile:
    """One file of one's own organisation; NotFound for any other."""
    rows = VisitFile.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=file)
    found: VisitFile | None = rows.select_related("system").first()
    if found is None:
        raise NotFound("There is no such file, or it is another organisation's.")
    return found


def visits_of_file(viewer: Viewer, partnership: UUID, upload: UUID) -> bool:
    """Whether a file was brought as visits by one's own organisation."""
    rows = VisitFile.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, upload=upload)
    return bool(rows.exists())


def receipt_for(viewer: Viewer, partnership: UUID, file: UUID) -> Receipt:
    """What became of one file."""
    row = file_row(viewer, partnership, file)
    report = IntakeReport.from_data(row.report) if row.report else None
    meaning = {header: name for name, header in row.mapping.items() if header}
    columns = tuple((one["name"], meaning.get(one["name"], ""), bool(one["never"])) for one in row.columns)
    return Receipt(_card(row, latest_jobs([row.pk]).get(row.pk)), report, columns)


def _files(viewer: Viewer, partnership: UUID) -> tuple[FileCard, ...]:
    rows = VisitFile.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    listed = list(rows.select_related("system").order_by("-id"))
    jobs = latest_jobs(row.pk for row in listed)
    return tuple(_card(row, jobs.get(row.pk)) for row in listed)


def _system(row: VisitSystem, own: set[UUID], files: list[FileCard]) -> SystemCard:
    read = VisitFile.objects.filter(system=row, state=VisitFileState.READ).exists()
    return SystemCard(
        row.pk, row.title, row.organisation.name, row.organisation_id in own, row.placed is not None,
        tuple(files), read,
    )


def _card(row: VisitFile, job: Job | None) -> FileCard:
    return FileCard(
        row.pk, row.name, row.system.title, row.system_id, row.created, VisitFileState(row.state), row.said,
        job.pk if job else None,
        row.report.get("visits") if row.report else None,
    )
