"""Who wins what, where and at what price, by the notices a partnership brought in; and what was wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.lake.notices.model import Defect
from commonweal.procurement.actions.market import name_match
from commonweal.procurement.models import MarketImport, MarketNotice, MarketSupplier

MOST = 5_000
KINDS = {
    "culture": ("Culture and sport (CPV 92)", ("92",)),
    "run": ("Running sport, arts and library places", ("9231", "9232", "925", "926", "79995")),
    "events": ("Events and festivals", ("79952", "79953", "92622")),
    "build": ("Building and repairing sports and culture places", ("45212",)),
    "grounds": ("Parks and grounds", ("773", "9233")),
    "training": ("Training and young people's services", ("80", "853")),
}


@dataclass(frozen=True, slots=True)
class MarketSought:
    """What somebody looks for in the market."""

    words: str = ""
    kind: str = ""
    where: str = ""
    buyer: str = ""
    since: date | None = None
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Win:
    """One award as it was published."""

    id: UUID
    title: str
    buyer: str
    region: str
    cpv: str
    cpv_words: str
    day: date | None
    pounds: Decimal | None
    suppliers: tuple[str, ...]
    source: str
    address: str
    method: str

    @property
    def shared(self) -> bool:
        """Whether several won it, so that its price is no one's own."""
        return len(self.suppliers) > 1


@dataclass(frozen=True, slots=True)
class Winner:
    """One supplier: what it won, and the price of what it won alone."""

    match: str
    name: str
    wins: int
    alone: int
    pounds: Decimal
    priced: int
    buyers: tuple[str, ...]
    last: date | None


@dataclass(frozen=True, slots=True)
class Market:
    """What the notices say, with what they rest on."""

    wins: tuple[Win, ...]
    winners: tuple[Winner, ...]
    prices: tuple[Decimal, ...]      # of awards with one supplier and a price
    tenders: int                     # notices without an award among what was sought
    sources: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    imports: int
    brought: datetime | None
    cut: bool


@dataclass(frozen=True, slots=True)
class ImportCard:
    """One file that was brought in, with every defect, its count and the first rows."""

    id: UUID
    name: str
    brought_at: datetime
    read: int
    new: int
    changed: int
    same: int
    defects: tuple[tuple[str, int, tuple[int, ...]], ...]


def market_for(viewer: Viewer, partnership: UUID, sought: MarketSought) -> Market:
    """The market of a partnership, as far as it brought notices in."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = _sought(viewer, partnership, sought)
    newest_first = (F("awarded").desc(nulls_last=True), F("published").desc(nulls_last=True), "key")
    awards = rows.filter(stage="award").order_by(*newest_first).prefetch_related("suppliers")
    found = list(awards[: MOST + 1])
    wins = tuple(_win(row) for row in found[:MOST])
    days = [one.day for one in wins if one.day]
    imports = MarketImport.objects.visible_to(viewer, Purpose.PLANNING)
    imports = imports.filter(partnership=partnership, finished=True)
    newest = imports.first()
    return Market(
        wins, _winners(found[:MOST]), tuple(one.pounds for one in wins if one.pounds and not one.shared),
        rows.exclude(stage="award").count(), tuple(Counter(one.source for one in wins).most_common()),
        min(days, default=None), max(days, default=None), imports.count(),
        newest.brought_at if newest else None, len(found) > MOST)


def imports_for(viewer: Viewer, partnership: UUID) -> tuple[ImportCard, ...]:
    """Every file that was brought in, newest first."""
    rows = MarketImport.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(_import(row) for row in rows)


def import_for(viewer: Viewer, partnership: UUID, brought: UUID) -> ImportCard:
    """One of them."""
    rows = MarketImport.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, pk=brought)
    row = rows.first()
    if row is None:
        raise NotFound("There is no such file, or none that you may see.")
    return _import(row)


def regions_for(viewer: Viewer, partnership: UUID) -> tuple[str, ...]:
    """Where notices say that it is done."""
    rows = MarketNotice.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(rows.exclude(region="").order_by("region").values_list("region", flat=True).distinct()[:100])


def _sought(viewer: Viewer, partnership: UUID, sought: MarketSought) -> Any:
    rows = MarketNotice.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    for word in sought.words.split()[:6]:
        named = Q(title__icontains=word) | Q(description__icontains=word) | Q(cpv_words__icontains=word)
        rows = rows.filter(named)
    if sought.kind in KINDS:
        starts = Q()
        for prefix in KINDS[sought.kind][1]:
            starts |= Q(cpv__startswith=prefix)
        rows = rows.filter(starts)
    if sought.where:
        rows = rows.filter(region=sought.where)
    if sought.buyer:
        rows = rows.filter(buyer__icontains=sought.buyer)
    if sought.since:
        rows = rows.filter(Q(awarded__gte=sought.since) | Q(awarded=None, published__gte=sought.since))
    if sought.supplier:
        one = MarketSupplier.objects.filter(partnership=partnership, match=sought.supplier)
        also = {name_match(name) for name in one.exclude(number="").values_list("name", flat=True).distinct()}
        rows = rows.filter(pk__in=rows.filter(suppliers__match__in={sought.supplier, *also}).values("pk"))
    return rows


def _win(row: MarketNotice) -> Win:
    return Win(row.pk, row.title, row.buyer, row.region, row.cpv, row.cpv_words, row.awarded or row.published,
               row.pounds, tuple(one.name for one in row.suppliers.all()), row.source, row.address, row.method)


def _winners(rows: list[MarketNotice]) -> tuple[Winner, ...]:
    """Most wins first; those who stand without a name are one among others, never one firm."""
    by: dict[str, list[tuple[MarketNotice, str, bool]]] = defaultdict(list)
    known = _numbers(rows)
    for row in rows:
        named = list(row.suppliers.all())
        for one in (each for each in named if each.match):
            by[known.get(one.match, one.match)].append((row, one.name, len(named) == 1))
    found = [_winner(match, won) for match, won in by.items()]
    return tuple(sorted(found, key=lambda one: (-one.wins, -one.pounds, one.name)))


def _numbers(rows: list[MarketNotice]) -> dict[str, str]:
    """The words of a name to the one number it is known by; a name known by several stays as it is."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for one in row.suppliers.all():
            if one.number:
                found[name_match(one.name)].add(one.match)
    return {words: next(iter(numbers)) for words, numbers in found.items() if len(numbers) == 1}


def _winner(match: str, won: list[tuple[MarketNotice, str, bool]]) -> Winner:
    alone = [row for row, _, single in won if single]
    priced = [row.pounds for row in alone if row.pounds is not None]
    names = Counter(name for _, name, _ in won)
    days = [day for row, _, _ in won if (day := row.awarded or row.published)]
    return Winner(match, min(names, key=lambda name: (-names[name], name)), len(won), len(alone),
                  sum(priced, Decimal(0)), len(priced), tuple(sorted({row.buyer for row, _, _ in won})),
                  max(days, default=None))


def _import(row: MarketImport) -> ImportCard:
    defects = tuple((str(Defect[one["defect"]].value), one["count"], tuple(one["rows"])) for one in row.defects)
    return ImportCard(row.pk, row.name, row.brought_at, row.read, row.new, row.changed, row.same, defects)
