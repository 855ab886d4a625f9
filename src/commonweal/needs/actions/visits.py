"""An organisation brings an export of visits, says what its columns are, and what to do with months held twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.text import slugify

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.lake.visits.mapping import VisitMapping
from commonweal.lake.visits.report import IntakeReport
from commonweal.needs.models import SiteCost, TakingPart, VisitFile, VisitFileState, VisitSystem
from commonweal.needs.personal_text import warning_for

State = VisitFileState
NOWHERE: Mapping[str, str] = MappingProxyType({})
REMOVED = "Its visits were deleted for good."


class Verb(models.TextChoices):
    """The deeds of bringing visits."""

    BROUGHT = "needs.visits_brought"
    CONFIRMED = "needs.visits_columns_confirmed"
    READ = "needs.visits_read"
    REFUSED = "needs.visits_refused"
    REPLACED = "needs.visits_replaced"
    PLACED = "needs.visits_placed"
    COSTED = "needs.visits_costed"
    TAKEN_BACK = "needs.visits_taken_back"
    REMOVED = "needs.visits_removed"


@transaction.atomic
def bring_visits(*, by: Viewer, partnership: Partnership, title: str, upload: Upload) -> VisitFile:
    """A file of one's own organisation, of the system called `title`, still to be read."""
    require(by, Permission.UPLOAD, partnership.pk)
    organisation = acting_organisation(by, partnership)
    warning = warning_for(title)
    if warning:
        raise Refused(warning)
    key = slugify(title)[:60].strip("-_").replace("_", "-") or "visits"
    mine = VisitSystem.objects.filter(partnership=partnership, organisation=organisation, key=key)
    system = mine.first() or saved(VisitSystem(
        partnership=partnership, organisation=organisation, title=title, key=key,
    ))
    row = saved(VisitFile(
        partnership=partnership, organisation=organisation, system=system, name=upload.name, upload=upload,
        brought_by_id=by.person,
    ))
    record_event(by=by, verb=Verb.BROUGHT, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def ask_what_columns(*, by: Viewer, file: VisitFile, columns: list[dict[str, Any]]) -> None:
    """Keep what the columns seem to be, for a person to confirm."""
    require(by, Permission.UPLOAD, file.partnership_id)
    file.columns, file.state = columns, State.ASKED
    saved(file)


@transaction.atomic
def confirm_visit_columns(*, by: Viewer, file: UUID, partnership: Partnership, said: dict[str, str]) -> VisitFile:
    """A person has said what each column is (meaning by header, empty to leave it out)."""
    row = _own(by, partnership, file)
    if row.state != State.ASKED:
        raise Refused("This file does not wait for an answer. Its own page says what became of it.")
    never = {one["name"] for one in row.columns if one["never"]}
    found: dict[str, str] = {}
    for header, meaning in said.items():
        if not meaning or header in never:
            continue
        if meaning in found:
            raise Refused(f"“{found[meaning]}” and “{header}” cannot both be the same. Leave one of them out.")
        found[meaning] = header
    if "when" not in found:
        raise Refused("Say which column is the date or the month of the visit.")
    row.mapping, row.state = asdict(VisitMapping(**found)), State.READING
    saved(row)
    record_event(by=by, verb=Verb.CONFIRMED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def ask_replace_or_leave(*, by: Viewer, file: VisitFile, why: str) -> None:
    """Months of the file are here already from another: a person must say which stand."""
    require(by, Permission.UPLOAD, file.partnership_id)
    file.state, file.said = State.TWICE, why[:1000]
    saved(file)


@transaction.atomic
def replace_months(*, by: Viewer, file: UUID, partnership: Partnership) -> VisitFile:
    """The months of this file take the place of those held."""
    row = _own(by, partnership, file)
    if row.state != State.TWICE:
        raise Refused("This file does not wait for an answer. Its own page says what became of it.")
    row.replace, row.state, row.said = True, State.READING, ""
    saved(row)
    record_event(by=by, verb=Verb.REPLACED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def settle_visits(*, by: Viewer, file: VisitFile, report: IntakeReport) -> None:
    """Its visits are in the lake; here, what became of every row."""
    require(by, Permission.UPLOAD, file.partnership_id)
    file.state, file.said, file.report = State.READ, "", report.as_data()
    saved(file)
    record_event(by=by, verb=Verb.READ, subject=file, partnership=file.partnership_id)


@transaction.atomic
def refuse_visits(*, by: Viewer, file: VisitFile, why: str) -> None:
    """It does not go in; the sentence says why and what to do."""
    require(by, Permission.UPLOAD, file.partnership_id)
    file.state, file.said = State.REFUSED, why[:1000]
    saved(file)
    record_event(by=by, verb=Verb.REFUSED, subject=file, partnership=file.partnership_id)


@transaction.atomic
def leave_months(*, by: Viewer, file: UUID, partnership: Partnership, why: str) -> VisitFile:
    """What is held stands; the file goes."""
    row = _own(by, partnership, file)
    if row.state != State.TWICE:
        raise Refused("This file does not wait for an answer. Its own page says what became of it.")
    refuse_visits(by=by, file=row, why=why)
    return row


@transaction.atomic
def place_results(*, by: Viewer, system: UUID, partnership: Partnership, show: bool) -> VisitSystem:
    """Show the results to all partners, or to one's own organisation alone again."""
    row = _own_system(by, partnership, system)
    if show != (row.placed is not None):
        row.placed = clock.now() if show else None
        saved(row)
        record_event(by=by, verb=Verb.PLACED if show else Verb.TAKEN_BACK, subject=row, partnership=partnership.pk)
    return row


@dataclass(frozen=True, slots=True)
class Times:
    """How often all who live in the place take part in a year, and who says so."""

    times: int
    source: str


@transaction.atomic
def say_costs(
    *, by: Viewer, system: UUID, partnership: Partnership, year: int, source: str,
    costs: dict[str, tuple[Decimal, Decimal]], areas: Mapping[str, str] = NOWHERE,
    taking_part: Times | None = None,
) -> None:
    """What each site cost and earned in a year; a site that is not named any more is taken out.

    `areas` are the small areas that sites stand in; `taking_part` is of the same year.
    """
    row = _own_system(by, partnership, system)
    if costs and not source.strip():
        raise Refused("Say where the amounts are from, such as the outturn report of a date.")
    SiteCost.objects.filter(system=row, year=year).exclude(site__in=costs).delete()
    for site, (gross, income) in costs.items():
        old = SiteCost.objects.filter(system=row, year=year, site=site).first()
        cost = old or SiteCost(partnership=partnership, system=row, year=year, site=site)
        cost.gross, cost.income, cost.source, cost.said_on = gross, income, source.strip(), clock.today()
        cost.area = areas.get(site, "")
        saved(cost)
    _say_taking_part(row, year, taking_part)
    record_event(by=by, verb=Verb.COSTED, subject=row, partnership=partnership.pk)


def _say_taking_part(row: VisitSystem, year: int, said: Times | None) -> None:
    if said is None:
        TakingPart.objects.filter(system=row, year=year).delete()
        return
    if said.times <= 0 or not said.source.strip():
        raise Refused("Say how often people take part as a number above 0, and where it is from.")
    old = TakingPart.objects.filter(system=row, year=year).first()
    kept = old or TakingPart(partnership=row.partnership, system=row, year=year)
    kept.times, kept.source, kept.said_on = said.times, said.source.strip(), clock.today()
    saved(kept)


@transaction.atomic
def remove_visits(*, by: Viewer, system: UUID, partnership: Partnership) -> VisitSystem:
    """Delete what is held of a system for good; that files were brought is still told."""
    row = _own_system(by, partnership, system)
    row.placed = None
    saved(row)
    VisitFile.objects.filter(system=row, state=State.READ).update(state=State.REFUSED, said=REMOVED, report={})
    record_event(by=by, verb=Verb.REMOVED, subject=row, partnership=partnership.pk)
    return row


def _own_system(by: Viewer, partnership: Partnership, system: UUID) -> VisitSystem:
    require(by, Permission.UPLOAD, partnership.pk)
    row: VisitSystem | None = VisitSystem.objects.select_for_update().filter(
        pk=system, partnership=partnership, organisation=acted_for(by, partnership.pk)
    ).first()
    if row is None:
        raise NotFound("There is no such system, or it is another organisation's.")
    return row


def _own(by: Viewer, partnership: Partnership, file: UUID) -> Any:
    require(by, Permission.UPLOAD, partnership.pk)
    row = VisitFile.objects.select_for_update().filter(
        pk=file, partnership=partnership, organisation=acted_for(by, partnership.pk)
    ).first()
    if row is None:
        raise NotFound("There is no such file, or it is another organisation's.")
    return row
