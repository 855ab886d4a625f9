"""Tables of the thread: every link, and money and people from need to return."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.figure import Unit
from commonweal.core.money import financial_year
from commonweal.core.thread import Came, Key, Node, Paid, Thread, kinds
from commonweal.core.thread_walk import after
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column

NOTE = (
    "The whole of each agreement as the register has it, VAT as written there. Nothing is added up: one agreement "
    "may answer several needs, and one person may be in several counts."
)


def links_table(thread: Thread, partnership: UUID, shown: frozenset[Key] | None = None) -> DataTable:
    """Every link among the things shown: what answers what, on which version, and why."""
    rows: list[tuple[Cell, ...]] = []
    for edge in thread.edges:
        if shown is None or (edge.later in shown and edge.earlier in shown):
            later, earlier = thread.nodes[edge.later], thread.nodes[edge.earlier]
            rows.append((
                _linked(partnership, later), kinds()[later.kind].one, edge.why, _linked(partnership, earlier),
                kinds()[earlier.kind].one, _version(edge.read, earlier)))
    columns = ("This", "is a", "Link", "That", "is a", "Version read")
    heads = tuple(text_column(one) for one in columns)
    return DataTable("What answers what", heads, tuple(rows), key="thread-links")


def money_table(
    thread: Thread, partnership: UUID, needs: Iterable[Node], of: frozenset[Key] | None = None
) -> DataTable | None:
    """A row for each need and each agreement that answers it: money of three years, people of one."""
    years = _years()
    money = _by_year(thread.paid)
    came = {one.of: one for one in thread.came}
    rows: list[tuple[Cell, ...]] = []
    for need in needs:
        found = [one for one in after(thread, need.key)
                 if one.kind == "agreement" and (of is None or one.key in of)]
        for one in (need, *found):
            if one is need and need.key not in money:
                continue
            told = came.get(one.key)
            people: Cell = Missing("not returned") if told is None else _people(told)
            what: Cell = "Given outside the register" if one is need else _linked(partnership, one)
            rows.append((_linked(partnership, need), what, *(_pounds(money, one.key, year) for year in years),
                         Missing("not asked") if one is need else people))
    if not rows:
        return None
    return DataTable(
        "Money and people along the thread",
        (text_column("Need"), text_column("Agreement"), *(number_column(year, Unit.POUNDS) for year in years),
         text_column("Different people, at least and at most")),
        tuple(rows), notes=(NOTE,),
        source="Register of agreements and returns of those who deliver", key="thread-money")


def _people(told: Came) -> str:
    bounds = f"{told.least:,}" if told.least == told.most else f"{told.least:,} to {told.most:,}"
    return f"{bounds} in {told.year}, from {told.source}"


def _linked(partnership: UUID, node: Node) -> Linked:
    return Linked(node.title, reverse("web:thread-item", args=[partnership, node.kind, node.id]))


def _version(read: int, node: Node) -> Cell:
    if not read:
        return Missing("no versions")
    return f"{read}" if read >= node.version else f"{read}; {node.version} stands now"


def _by_year(paid: Iterable[Paid]) -> dict[Key, dict[str, float]]:
    found: dict[Key, dict[str, float]] = {}
    for one in paid:
        years = found.setdefault(one.of, {})
        years[one.year] = years.get(one.year, 0.0) + float(one.pounds)
    return found


def _pounds(money: dict[Key, dict[str, float]], key: Key, year: str) -> Cell:
    found = money.get(key, {}).get(year)
    return Missing("none entered") if found is None else found


def _years() -> tuple[str, str, str]:
    """The financial years before, of, and after today."""
    today = clock.today()
    year = timedelta(days=365)
    return financial_year(today - year), financial_year(today), financial_year(today + year)
