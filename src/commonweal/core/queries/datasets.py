"""What is in the lake, whose it is, how fresh, and what was kept out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.stores import own_store, stores
from commonweal.core.viewer import Viewer, require
from commonweal.lake.catalogue import CatalogueEntry, NotInCatalogue, entries, entry
from commonweal.lake.manifest import StoredDataset
from commonweal.lake.store import Store

KEPT_OUT_SHOWN = 200
OLD_AFTER_YEARS = 5
YEAR_ALONE = len("2024")


class Which(StrEnum):
    """Which of the two stores."""

    PUBLISHED = "published"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """One data set as it stands in a store."""

    which: Which | None  # None: a partnership's own
    dataset: str
    title: str
    publisher: str
    licence: str
    attribution: str
    address: str
    vintage: str
    published: str
    checked: str
    version: str
    read_at: datetime
    edition: str  # the latest date its rows speak of: a day, a year, or empty
    rows: int
    kept_out: int
    theme: str
    invented: bool

    @property
    def said(self) -> str:
        """What it can be found by."""
        parts = (self.title, self.publisher, self.theme, self.vintage, self.dataset, self.licence)
        return " ".join(parts).casefold()

    @property
    def latest(self) -> date | None:
        """The last day its rows speak of; None where they speak of none."""
        if len(self.edition) == YEAR_ALONE:
            return date(int(self.edition), 12, 31)
        return date.fromisoformat(self.edition) if self.edition else None

    @property
    def age_in_years(self) -> int | None:
        """Whole years since then."""
        return None if self.latest is None else max(0, (clock.today() - self.latest).days // 365)

    @property
    def old(self) -> bool:
        """Whether its figures are old enough to say so."""
        return (self.age_in_years or 0) >= OLD_AFTER_YEARS


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A file it was read from."""

    name: str
    inside: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptOutRow:
    """A row that did not go in: where it stands and why."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class DatasetView:
    """One data set in full."""

    card: DatasetCard
    licence_address: str
    note: str
    tables: tuple[tuple[str, int], ...]
    sources: tuple[SourceCard, ...]
    kept_out: tuple[KeptOutRow, ...]


@dataclass(frozen=True, slots=True)
class AbsentCard:
    """A data set that the catalogue knows and the store does not hold yet."""

    dataset: str
    title: str
    publisher: str
    theme: str
    needed: bool


@dataclass(frozen=True, slots=True)
class DatasetList:
    """All that a store holds, and what it could."""

    which: Which
    version: str
    held: tuple[DatasetCard, ...]
    absent: tuple[AbsentCard, ...]

    def saying(self, query: str) -> tuple[DatasetCard, ...]:
        """Those held that say every word of a query, in any order and as part of a word; all where it is empty."""
        words = query.casefold().split()
        return tuple(card for card in self.held if all(word in card.said for word in words))

    @property
    def needed_absent(self) -> tuple[AbsentCard, ...]:
        """Those without which a first assessment has holes."""
        return tuple(card for card in self.absent if card.needed)


def datasets_for(viewer: Viewer, which: Which = Which.PUBLISHED) -> DatasetList:
    """The data sets of a store; both are open to everybody, signed in or not."""
    store = _store(which)
    held = tuple(_card(which, one) for one in store.datasets())
    names = {card.dataset for card in held}
    absent = () if which is Which.EXAMPLE else tuple(
        AbsentCard(one.dataset, one.title, one.publisher, one.theme, one.needed)
        for one in entries().values() if one.dataset not in names
    )
    ordered = tuple(sorted(held, key=lambda card: (card.theme, card.title)))
    return DatasetList(which, store.version, ordered, absent)


def dataset_for(viewer: Viewer, which: Which, dataset: str) -> DatasetView:
    """One data set in full; NotFound where the store does not hold it."""
    return _view(_store(which), which, dataset)


def kept_out_rows(viewer: Viewer, which: Which, dataset: str) -> tuple[KeptOutRow, ...]:
    """Every row kept out of a data set."""
    rows = _store(which).rejected(dataset)
    return tuple(KeptOutRow(row.sheet, row.row, row.column, row.reason) for row in rows)


def own_datasets(viewer: Viewer, partnership: UUID) -> tuple[DatasetCard, ...]:
    """What a partnership has brought itself; empty for whoever may not see its evidence."""
    if partnership not in viewer.partnerships(Permission.VIEW_EVIDENCE):
        return ()
    return tuple(_card(None, one) for one in own_store(partnership).datasets())


def own_dataset(viewer: Viewer, partnership: UUID, dataset: str) -> DatasetView:
    """One of them in full."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    return _view(own_store(partnership), None, dataset)


def _view(store: Store, which: Which | None, dataset: str) -> DatasetView:
    one = store.dataset(dataset)
    if one is None:
        raise NotFound("This data set is not loaded here. The list of data sets shows which are.")
    rejected = store.rejected(dataset)[:KEPT_OUT_SHOWN] if one.rejected else ()
    known = None if one.provenance.invented else _entry(dataset)
    return DatasetView(
        card=_card(which, one),
        licence_address=known.licence.address if known and known.licence.name == one.provenance.licence else "",
        note=known.note if known else "",
        tables=tuple(sorted(one.tables.items())),
        sources=tuple(SourceCard(_last(s.path), s.inside, s.size, s.sha256) for s in one.sources),
        kept_out=tuple(KeptOutRow(row.sheet, row.row, row.column, row.reason) for row in rejected),
    )


def _store(which: Which) -> Store:
    return stores().example if which is Which.EXAMPLE else stores().published


def _card(which: Which | None, one: StoredDataset) -> DatasetCard:
    said = one.provenance
    known = _entry(one.dataset)
    return DatasetCard(
        which=which, dataset=one.dataset, title=said.title, publisher=said.publisher, licence=said.licence,
        attribution=said.attribution, address=said.address, vintage=said.vintage, published=said.published,
        checked=said.checked, version=one.version, read_at=datetime.fromisoformat(one.read_at),
        edition=one.edition, rows=sum(one.tables.values()),
        kept_out=one.rejected, theme=known.theme if known else "", invented=said.invented,
    )


def _entry(dataset: str) -> CatalogueEntry | None:
    try:
        return entry(dataset)
    except NotInCatalogue:
        return None


def _last(path: str) -> str:
    """A file's name without the folders of the computer it came from."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
