"""The directory as a viewer may see it: found by words, place and kind; one entry; how many are only counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.viewer import Viewer
from commonweal.providers.classes import titles
from commonweal.providers.models import LineKind, ProfileLine, Provider, ProviderKind, RegisterEntry, Seen
from commonweal.providers.queries.places import district_names
from commonweal.providers.word_index import with_words

PAGE = 50
MOST_COUNTED = 1000     # what fits words is counted and paged so far; another word or a place makes fewer
MOST_EXPORTED = 10_000
FEW = 5
FADES = timedelta(days=548)
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for."""

    words: str = ""
    districts: tuple[str, ...] = ()
    kind: str = ""
    does: str = ""
    group: str = ""
    any_of: tuple[str, ...] = ()    # classes of activity, of which one is enough
    example: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the directory."""

    id: UUID
    name: str
    kind: str
    place: str
    postcode: str
    district: str
    does: tuple[str, ...]
    closed: bool
    visibility: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, how many there are in all, and whether there are more than are counted."""

    rows: tuple[Listed, ...]
    total: int
    page: int
    pages: int
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one register says, when it said so, and whether that is old."""

    id: UUID
    title: str
    publisher: str
    licence: str
    name: str
    numbers: tuple[str, ...]
    postcode: str
    town: str
    activities: str
    income: Any
    registered: date | None
    removed: date | None
    as_at: date | None
    read_on: date
    notes: tuple[str, ...]
    faded: bool
    own_list: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One body with all that may be seen of it."""

    listed: Listed
    web: str
    said: tuple[Said, ...]
    mine: bool
    claimed: bool
    example: bool
    organisation: UUID | None = None


def find_providers(viewer: Viewer, asked: Asked) -> Found:
    """Those the viewer may see that fit, in order of name, fifty a page."""
    rows = matching(viewer, asked).order_by("name", "id")
    if not asked.words:
        total = rows.count()
        pages, page = _pages(asked, total)
        return Found(listed(list(rows[(page - 1) * PAGE:page * PAGE])), total, page, pages)
    fit = list(rows.values_list("pk", flat=True)[:MOST_COUNTED + 1])  # the words are looked for once
    total = min(len(fit), MOST_COUNTED)
    pages, page = _pages(asked, total)
    kept = Provider.objects.filter(pk__in=fit[:total][(page - 1) * PAGE:page * PAGE]).order_by("name", "id")
    return Found(listed(list(kept)), total, page, pages, len(fit) > total)


def _pages(asked: Asked, total: int) -> tuple[int, int]:
    """How many pages there are, and which of them is shown."""
    pages = max(1, -(-total // PAGE))
    return pages, min(max(asked.page, 1), pages)


def matching(viewer: Viewer, asked: Asked) -> Any:
    """The rows themselves, for pages, exports and the interface alike."""
    rows = Provider.objects.visible_to(viewer).filter(example=asked.example)
    rows = with_words(rows, asked.words[:LONGEST].replace("\x00", "").casefold().split()[:6])
    if asked.districts:
        rows = rows.filter(district__in=asked.districts)
    if asked.kind in ProviderKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.does in titles():
        rows = rows.filter(_does(asked.does))
    if asked.any_of:
        rows = rows.filter(reduce(or_, (_does(one) for one in asked.any_of)))
    group = asked.group[:LONGEST].replace("\x00", "").strip()
    if group:
        rows = rows.filter(Exists(ProfileLine.objects.filter(
            profile__provider=OuterRef("pk"), kind=LineKind.GROUP, text__icontains=group)))
    return rows


def _does(key: str) -> Q:
    return Q(classes__contains=key) if _json_contains() else Q(classes__icontains=f'"{key}"')


def _json_contains() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


def listed(rows: list[Provider]) -> tuple[Listed, ...]:
    """Rows as lines."""
    names = district_names(row.district for row in rows)
    words = titles()
    return tuple(
        Listed(row.pk, row.name, ProviderKind(row.kind).label, names.get(row.district, ""), row.postcode,
               row.district, tuple(words[one] for one in row.classes if one in words), row.closed,
               Seen(row.visibility).label)
        for row in rows
    )


def provider_row(viewer: Viewer, provider: UUID) -> Provider:
    """The row the viewer may see; NotFound otherwise, in the same words whether it is hidden or not there."""
    row: Provider | None = Provider.objects.visible_to(viewer).filter(pk=provider).first()
    if row is None:
        raise NotFound("There is no such organisation in the directory, or none that you may see.")
    return row


def became(viewer: Viewer, provider: UUID) -> UUID | None:
    """Where an entry that was joined to another leads, if the viewer may see that."""
    row = Provider.objects.filter(pk=provider).exclude(merged_into=None).first()
    into: UUID | None = row.merged_into_id if row else None
    return into if into and Provider.objects.visible_to(viewer).filter(pk=into).exists() else None


def entry_for(viewer: Viewer, provider: UUID) -> Entry:
    """One body: what is published of it by everybody, and of one's own partnerships' lists."""
    row = provider_row(viewer, provider)
    entries = row.entries.order_by("register", "id")
    own = viewer.partnerships()
    mine = any(grant.organisation == row.organisation_id for grant in viewer.grants)
    seen = [one for one in entries if not one.scope or one.partnership_id in own or viewer.system]
    return Entry(listed([row])[0], row.web, tuple(_said(one) for one in seen), mine,
                 row.organisation_id is not None, row.example, row.organisation_id if mine else None)


def _said(one: RegisterEntry) -> Said:
    known = one.as_at or one.read_on
    return Said(
        one.pk, one.title, one.publisher, one.licence, one.name,
        tuple(f"{scheme}-{value}" for scheme, value in one.numbers), one.postcode, one.town, one.activities[:600],
        one.income, one.registered, one.removed, one.as_at, one.read_on, tuple(one.notes),
        clock.today() - known > FADES, bool(one.scope),
    )


def counted_only(*, example: bool = False) -> str:
    """How many are only counted, over everything and in words: a count by place or word would find one of them."""
    total = Provider.objects.filter(merged_into=None, visibility=Seen.COUNTED, example=example).count()
    if not total:
        return ""
    return f"Fewer than {FEW} more" if total < FEW else f"About {round(total / FEW) * FEW} more"


def by_kind(viewer: Viewer, asked: Asked) -> dict[str, int]:
    """How many of each kind, of those the viewer may see."""
    rows = matching(viewer, asked).order_by().values_list("kind").annotate(n=Count("id"))
    return {ProviderKind(kind).label: count for kind, count in rows}

