"""What the two parties see of the people they link: four counts, as far as they may be shown, and whose lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from commonweal.core.access_log import Access, access_log
from commonweal.core.actions.linking import NOT_ALLOWED, NOT_OPEN, RULE
from commonweal.core.figure import Figure, Grade, Quality, Release, SourceRef, Unit
from commonweal.core.linking_store import Overlap
from commonweal.core.models import LinkedCount, LinkList, SharingAgreement, SharingVersion
from commonweal.core.models.sharing import version_in_force
from commonweal.core.permissions import Permission
from commonweal.core.queries.held_numbers import place_of
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.core.queries.sharing import agreement_row, agreements_for
from commonweal.core.release import CountTable, Mark, ReleasedCount, ReleasedTable, release
from commonweal.core.sharing_log import COUNTS_READ, write_use
from commonweal.core.viewer import Viewer
from commonweal.methods.attack import Fact

READ = "sharing.linked_read"
HIDDEN = "Hidden: so few that the count could tell of one person"
METHOD = ("Identifiers of both lists, without spaces and capitals, turned into HMAC-SHA-256 pseudonyms under the "
          "agreement's own key and compared")
QUALITY = Quality(Grade.C, ("exact on the identifiers; who is written differently on the two is not found",))


@dataclass(frozen=True, slots=True)
class ListCard:
    """One organisation's list; its receipt in `row` is for its own people alone."""

    organisation: str
    title: str
    identifier: str
    as_at: date
    row: LinkList | None


@dataclass(frozen=True, slots=True)
class LinkedPeople:
    """The four counts of one day: on the giver's list, the taker's, both, either."""

    counted: date
    giver: Figure
    taker: Figure
    both: Figure
    either: Figure
    rule: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """Linking under one agreement: why it is closed (empty where it is not), the lists, the counts."""

    agreement: SharingAgreement
    closed: str
    withdrawn: bool
    lists: tuple[ListCard, ...]
    waits_for: tuple[str, ...]
    people: LinkedPeople | None
    may_bring: bool


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """Of two systems: the agreement, how many are on both lists as shown and at most, and each list's people."""

    title: str
    both: int
    most: int
    people: dict[UUID, int]


def linked_for(viewer: Viewer, view: PartnershipView, agreement: UUID) -> LinkView:
    """One agreement's linking, for evidence viewers of its two parties; reading counts is written down first."""
    row = agreement_row(viewer, view.id, agreement)
    version = version_in_force(row)
    open_one = version if version is not None and version.linking else None
    closed = "" if open_one else NOT_OPEN if version is None else NOT_ALLOWED
    lists = _lists(open_one)
    counts = _counted(open_one) if open_one else None
    if counts and open_one:
        _write_down(viewer, row)
    mine = viewer.organisations_in(view.id)
    return LinkView(
        agreement=row, closed=closed, withdrawn=hasattr(row, "ended"),
        lists=tuple(_card(one, mine) for one in lists),
        waits_for=tuple(one.name for one in (row.giver, row.taker)
                        if open_one and one.pk not in {held.organisation_id for held in lists}),
        people=_people(view, row, counts) if counts else None,
        may_bring=not closed and viewer.may(Permission.UPLOAD, view.id),
    )


def linked_pair(viewer: Viewer, partnership: UUID, systems: tuple[UUID, ...]) -> LinkedPair | None:
    """The linked count of two systems, where one is shown and the viewer is of one of its parties."""
    if len(systems) != 2 or not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return None
    for card in agreements_for(viewer, partnership):
        row = agreement_row(viewer, partnership, card.id)
        version = version_in_force(row)
        lists = {one.system: one for one in _lists(version)} if version else {}
        counts = _counted(version) if version and set(lists) == set(systems) else None
        if counts is None:
            continue
        table = _released(counts[1])
        both = table.cells[0][0]
        if both.value is not None:
            _write_down(viewer, row)
            people = {key: one.people for key, one in lists.items() if key}
            return LinkedPair(row.title, both.value, _most(table, both), people)
    return None


def _most(table: ReleasedTable, shown: ReleasedCount) -> int:
    assert shown.value is not None
    return shown.value + (0 if shown.mark is Mark.EXACT else table.base // 2)


def _lists(version: SharingVersion | None) -> list[LinkList]:
    rows = LinkList.objects.filter(version=version).select_related("organisation", "brought_by")
    return list(rows.order_by("brought_at", "id")) if version and version.linking else []


def _counted(version: SharingVersion) -> tuple[date, Overlap] | None:
    row = LinkedCount.objects.filter(version=version).first()
    if row is None or not row.counted:
        return None
    day, both, giver, taker = row.counted[-1]
    return date.fromisoformat(day), Overlap(both, giver, taker)


def _released(found: Overlap) -> ReleasedTable:
    """Rows: on the giver's list or not; columns: on the taker's. Each party knows how long its own list is."""
    table = CountTable(
        ("giver", "not giver"), ("taker", "not taker"), ((found.both, found.giver), (found.taker, 0)))
    known = (([[0, 0], [0, 1]], 0), ([[1, 1], [0, 0]], found.both + found.giver),
             ([[1, 0], [1, 0]], found.both + found.taker))
    return release(table, RULE, facts=[Fact(np.array(weights, float), size, size) for weights, size in known])


def _people(view: PartnershipView, row: SharingAgreement, counts: tuple[date, Overlap]) -> LinkedPeople:
    day, table = counts[0], _released(counts[1])
    source = SourceRef(
        dataset=f"linked-{row.pk}", title=row.title, publisher=f"{row.giver.name} and {row.taker.name}",
        licence="Linked under a sharing agreement, for its purposes and nothing else", version="",
        published=f"{day:%Y-%m-%d}", invented=view.invented,
    )

    def figure(count: ReleasedCount, base: str) -> Figure:
        return Figure(
            value=count.value, unit=Unit.COUNT, base=base, place=place_of(view), period=f"counted {day:%-d %B %Y}",
            source=source, method=METHOD, method_version="1", quality=QUALITY, decimals=0,
            release=Release.RELEASED if count.value is not None else Release.SUPPRESSED,
            missing="" if count.value is not None else HIDDEN,
        )

    cells = table.cells or ((ReleasedCount(None, Mark.HIDDEN),) * 3,) * 3
    giver, taker = row.giver.name, row.taker.name
    return LinkedPeople(
        day, figure(cells[0][-1], f"people on the list of {giver}"),
        figure(cells[-1][0], f"people on the list of {taker}"), figure(cells[0][0], "people on both lists"),
        figure(cells[-1][-1], "people on either list, each once"), table.reason,
    )


def _card(one: LinkList, mine: tuple[UUID, ...]) -> ListCard:
    return ListCard(one.organisation.name, one.title, one.get_identifier_display(), one.as_at,
                    one if one.organisation_id in mine else None)


def _write_down(viewer: Viewer, row: SharingAgreement) -> None:
    own = next(one for one in viewer.organisations_in(row.partnership_id) if one in row.parties)
    subject = {"agreement": str(row.pk), "held": "", "what": COUNTS_READ, "organisation": str(own)}
    access_log().write(Access(viewer.person, "READ", READ, 200, subject))
    access_log().flush()
    write_use(row.pk, subject, viewer.person)
