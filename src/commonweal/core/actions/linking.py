"""A party to an agreement that allows linking brings whom it serves: pseudonyms are kept, never an identifier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, person_of, record_event, saved
from commonweal.core.actions.sharing import standing_agreement
from commonweal.core.errors import Refused
from commonweal.core.linking_store import Overlap, keep_people, overlap, plain
from commonweal.core.models import LinkedBy, LinkedCount, LinkList, SharingAgreement, SharingVersion
from commonweal.core.models.sharing import version_in_force
from commonweal.core.permissions import Permission
from commonweal.core.release_register import ReleaseRegister
from commonweal.core.sharing_log import LIST_BROUGHT, write_use
from commonweal.core.viewer import Viewer, require
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.sandbox import Caps, Sandbox

LIMIT = 20 * MIB
FEWEST = 20                   # different identifiers, so that a list is never of a few
WAIT = timedelta(days=28)     # between lists once counted: lists brought in turn could find somebody
RULE = "place"
CAPS = Caps(memory_bytes=2048 * MIB, cpu_seconds=30, wall_seconds=45.0)
LIMITS = Limits(file_bytes=LIMIT, inside_bytes=8 * LIMIT, workbook_bytes=8 * LIMIT, document_bytes=LIMIT,
                rows=500_000, columns=60, cell_chars=1_000)
NOT_OPEN = "Nothing can be linked: both must have signed an agreement that is in force today."
NOT_ALLOWED = "This agreement does not allow people to be linked. Write it anew with linking, and both sign it."


class Verb(models.TextChoices):
    """The deeds of linking."""

    BROUGHT = "sharing.link_list_brought"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A file of one column, what its identifiers are, and of whom: as a person says it."""

    name: str
    data: bytes
    title: str
    identifier: str
    as_at: date
    system: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of the rows."""

    rows: int
    empty: int
    twice: int
    people: tuple[str, ...]


def bring_link_list(*, by: Viewer, agreement: SharingAgreement, brought: People) -> LinkList:
    """One's own organisation's list, in place of the one before; Refused where it cannot be linked."""
    require(by, Permission.UPLOAD, agreement.partnership_id)
    _open_version(by, agreement)
    if brought.as_at > clock.today():
        raise Refused("The list cannot be as at a day after today. Check the date.")
    try:
        found = people_of(_sheet(brought))
    except CannotOpen as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        version = _open_version(by, agreement)  # again, with the agreement held
        row = _row(by, version, brought, found)
        saved(row)
        keep_people(version, row.organisation_id, found.people)
        _count(version)
        record_event(by=by, verb=Verb.BROUGHT, subject=agreement, partnership=agreement.partnership_id,
                     version=version.number)
        write_use(agreement.pk, {"agreement": str(agreement.pk), "held": "", "what": LIST_BROUGHT,
                                 "organisation": str(row.organisation_id)}, by.person)
    return row


def people_of(sheet: Sheet) -> Counted:
    """The different identifiers of a sheet of one column, with what was empty or there before."""
    if len(sheet.columns) != 1:
        raise Refused(
            f"The file has {len(sheet.columns)} columns: {', '.join(sheet.columns[:5])}. "
            "Leave the one with the identifiers and take the others out: nothing else is needed."
        )
    cells = [plain("" if cell is None else cell) for cell in sheet.table.column(0).to_pylist()]
    seen = Counter(one for one in cells if one)
    if not seen:
        raise Refused("The file has no identifiers: every row is empty. Check the column, then bring it again.")
    if len(seen) == 1 and seen.total() > 1:
        raise Refused("Every row has the same identifier. Check that the column is the right one.")
    if len(seen) < FEWEST:
        raise Refused(f"The file has {len(seen)} different identifiers, and {FEWEST} are the fewest: "
                      "with fewer, a count could tell of one person.")
    return Counted(len(cells), len(cells) - seen.total(), seen.total() - len(seen), tuple(seen))


def _open_version(by: Viewer, agreement: SharingAgreement) -> SharingVersion:
    with transaction.atomic():
        held = standing_agreement(by, agreement)
    version = version_in_force(held)
    if version is None:
        raise Refused(NOT_OPEN)
    if not version.linking:
        raise Refused(NOT_ALLOWED)
    return version


def _row(by: Viewer, version: SharingVersion, brought: People, found: Counted) -> LinkList:
    own = acting_organisation(by, version.partnership)
    lists = LinkList.objects.filter(version=version)
    other, before = lists.exclude(organisation=own).first(), lists.filter(organisation=own).first()
    if other and other.identifier != brought.identifier:
        raise Refused(f"The other list is by {other.get_identifier_display().casefold()}. Bring the same, "
                      "or nobody would be found on both.")
    if before and other and clock.now() < before.brought_at + WAIT:
        raise Refused(
            f"Your list of {before.brought_at:%-d %B %Y} is counted. Bring the next from "
            f"{before.brought_at + WAIT:%-d %B %Y} on: lists brought in quick turn could tell who is on the other."
        )
    row = before or LinkList(partnership_id=version.partnership_id, version=version, organisation=own)
    row.title, row.identifier, row.system = brought.title.strip(), LinkedBy(brought.identifier), brought.system
    row.as_at, row.brought_by, row.brought_at = brought.as_at, person_of(by), clock.now()
    row.rows, row.empty, row.twice, row.people = found.rows, found.empty, found.twice, len(found.people)
    return row


def _count(version: SharingVersion) -> None:
    """Count both lists; where a change would tell of the few who changed, what was counted before stands."""
    found = overlap(version)
    if found is None:
        return
    row = LinkedCount.objects.filter(version=version).first()
    row = row or LinkedCount(partnership_id=version.partnership_id, version=version)
    earlier = tuple((date.fromisoformat(day), tables_of(Overlap(*counts))) for day, *counts in row.counted)
    if ReleaseRegister(RULE, earlier).asked(tables_of(found)).admitted:
        row.counted = [*row.counted, [clock.today().isoformat(), found.both, found.giver, found.taker]]
        saved(row)


def tables_of(found: Overlap) -> dict[str, dict[str, int]]:
    """The counts as a register of releases holds them: each list, by whether somebody is on the other too."""
    return {"giver": {"both": found.both, "one": found.giver}, "taker": {"both": found.both, "one": found.taker}}


def _sheet(brought: People) -> Sheet:
    name = PurePath(brought.name).name
    if len(brought.data) > LIMIT:
        raise Refused(f"The file is over {LIMIT // MIB} MB. Bring the one column of identifiers alone.")
    with Sandbox(caps=CAPS) as sandbox:
        opened = sandbox.open_bytes(name, brought.data, limits=LIMITS)
    sheets = [sheet for one in opened for sheet in one.sheets]
    if len(sheets) != 1:
        raise Refused(f"“{name}” holds {len(sheets)} tables. Save the one column of identifiers as CSV.")
    return sheets[0]
