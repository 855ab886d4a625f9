"""What is known to be provided, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.needs.assessment import Assessment, Provision
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.pages.overview import Labelled
from commonweal.present.provenance import citation
from commonweal.present.table import DataTable, text_column


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of place to go."""

    title: str
    sentence: str
    figures: tuple[Labelled, ...]
    table: DataTable | None
    downloads: tuple[Item, ...]
    cannot_tell: str


def kinds(assessment: Assessment, code: str) -> tuple[KindView, ...]:
    """Every kind known."""
    to = Addresses(code)
    return tuple(_kind(one, to) for one in assessment.provision)


def _kind(one: Provision, to: Addresses) -> KindView:
    figures = [Labelled(one.count, f"in {one.count.place.name}, {one.count.period}")]
    if one.per_10000:
        figures.append(Labelled(one.per_10000, f"people in {one.per_10000.place.name}"))
    if one.comparator:
        figures.append(Labelled(one.comparator, f"people in {one.comparator.place.name}"))
    key = f"provision-{key_of(one)}"
    return KindView(
        title=title_of(one), sentence=one.sentence, figures=tuple(figures), table=provision_table(one),
        downloads=(Item("This list", to.table(key), detail="CSV"),), cannot_tell=one.cannot_tell,
    )


def key_of(one: Provision) -> str:
    """The kind as it stands in an address."""
    return one.kind.replace("_", "-").replace(" ", "-").lower()


def title_of(one: Provision) -> str:
    """What these are called, with a capital."""
    words = one.name or one.kind.replace("_", " ")
    return words[:1].upper() + words[1:]


def provision_table(one: Provision) -> DataTable | None:
    """The places by name."""
    if not one.items:
        return None
    columns = (text_column("Name"), text_column("Postcode"), text_column("Status"))
    return DataTable(
        f"{title_of(one)}: {len(one.items)} by name", columns, one.items, source=citation(one.count.source),
        key=f"provision-{key_of(one)}",
    )
