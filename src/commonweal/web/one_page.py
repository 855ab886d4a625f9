"""A partnership on one page: commissions, what is late, which needs are answered, who may be missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.agreements.queries.funding import money_map
from commonweal.core import clock
from commonweal.core.figure import Unit
from commonweal.core.models import Organisation
from commonweal.core.money import financial_year
from commonweal.core.thread import Node, Thread, thread_for
from commonweal.core.thread_walk import after
from commonweal.core.viewer import Viewer
from commonweal.measures.queries.returns import returns_for
from commonweal.needs.queries.carried import carried_for
from commonweal.options.queries.agreements import AgreementCard, agreements_for
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.wording import listed

NEEDS_STEP = "needs"
MOST = 6


@dataclass(frozen=True, slots=True)
class Late:
    """A return that is late: whose, of which days, and its page."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class OnePage:
    """Everything on the page, in the order it is read."""

    answer: str
    commissions: DataTable | None
    needs: DataTable | None
    late: tuple[Late, ...]
    more_late: int
    missed: str
    organisation: str
    both: str
    own: DataTable | None


def one_page(viewer: Viewer, partnership: UUID) -> OnePage:
    """For those who see evidence; the own side is the viewer's."""
    thread = thread_for(viewer, partnership)
    late = [one for one in returns_for(viewer, partnership).open if one.late]
    needs = [one for one in thread.of_kind("need") if one.stands]
    own_key = viewer.organisation_in(partnership)
    name = Organisation.objects.get(pk=own_key).name if own_key else ""
    both, own = _own(thread, agreements_for(viewer, partnership), name)
    return OnePage(
        _answer(thread, needs, len(late)), _commissions(thread, partnership),
        _needs(viewer, thread, partnership, needs),
        tuple(Late(f"{one.provider}: {one.title}, {one.period}. It was due on {long_date(one.due)}.",
                   reverse("measures:return-one", args=[partnership, one.id])) for one in late[:MOST]),
        max(len(late) - MOST, 0), _missed(viewer, partnership), name, both, own,
    )


def _answer(thread: Thread, needs: list[Node], late: int) -> str:
    served = sum(bool(_running(thread, one)) for one in needs)
    commissions = [one for one in thread.of_kind("commission") if one.stands]
    states: dict[str, int] = {}
    for one in commissions:
        states[one.state.lower()] = states.get(one.state.lower(), 0) + 1
    parts = []
    if needs:
        verb = "is" if served == 1 else "are"
        parts.append(f"{served} of {len(needs)} needs {verb} answered by an agreement that runs.")
    if commissions:
        told = listed([f"{count} {state}" for state, count in states.items()])
        parts.append(f"{len(commissions)} commission{'s' if len(commissions) != 1 else ''}: {told}.")
    if late:
        parts.append(f"{late} return{'s are' if late != 1 else ' is'} late.")
    return " ".join(parts) or "Nothing is on this page yet. It begins with a need."


def _running(thread: Thread, need: Node) -> tuple[Node, ...]:
    return tuple(one for one in after(thread, need.key) if one.kind == "agreement" and one.stands)


def _commissions(thread: Thread, partnership: UUID) -> DataTable | None:
    rows = tuple(
        (_linked(partnership, one), one.state, *standing_of(thread, one)) for one in thread.of_kind("commission"))
    heads = ("Commission", "State", "How far it has come", "Waits for")
    return DataTable("Where each commission stands", tuple(text_column(one) for one in heads), rows,
                     key="commissions") if rows else None


def standing_of(thread: Thread, commission: Node) -> tuple[str, str]:
    """How far a commission has come, and for whom it waits, from its parts."""
    parts = {edge.later[0]: thread.nodes[edge.later] for edge in thread.down.get(commission.key, ()) if edge.part}
    if not commission.stands:
        return "Withdrawn", "nobody"
    if (award := parts.get("award")) is not None:
        return f"Awarded {_day(award)}", "nobody"
    if (chosen := parts.get("recommendation")) is not None:
        return f"Decided {_day(chosen)}", "whoever enters the award"
    if (competition := parts.get("competition")) is not None:
        bidding = competition.state.startswith("Closes")
        return competition.state, "those who may bid" if bidding else "those who judge the bids"
    if "requirement" in parts:
        return "Specified", "whoever opens it"
    return "Not specified yet", "whoever writes its specification"


def _needs(viewer: Viewer, thread: Thread, partnership: UUID, needs: list[Node]) -> DataTable | None:
    """Money as the money map tells it, of the needs that an agreement names at first hand."""
    if not needs:
        return None
    found = money_map(viewer, partnership, financial_year(clock.today()))
    money = {one.name: float(one.total) for one in found.needs}
    rows: list[tuple[Cell, ...]] = []
    for one in needs:
        running = _running(thread, one)
        answered: Cell = listed([each.title for each in running]) if running else Missing("no agreement that runs")
        given: Cell = money.get(one.title) or Missing("none entered")
        rows.append((_linked(partnership, one), one.state, answered, given))
    return DataTable(
        "Needs, and what answers each",
        (text_column("Need"), text_column("State"), text_column("Answered by"),
         number_column(f"Money in {found.year}", Unit.POUNDS)), tuple(rows),
        notes=("Money is that of the money map: agreements that name this need alone, and other lines for it. "
               "What answers it only through an outcome, or names two needs, is not in the sum.",),
        key="needs-answered")


def _missed(viewer: Viewer, partnership: UUID) -> str:
    groups = carried_for(viewer, partnership, NEEDS_STEP)
    if not groups:
        return "Nobody is named yet as one who may be missed."
    left = [one.group.title for one in groups if one.unanswered]
    said = f"{len(groups)} groups and areas may be missed."
    if not left:
        return f"{said} Each has an answer at the step of needs."
    named = listed(left[:MOST]) + (f", and {len(left) - MOST} more" if len(left) > MOST else "")
    return f"{said} {len(left)} have no answer yet at the step of needs: {named}."


def _own(thread: Thread, cards: Iterable[AgreementCard], name: str) -> tuple[str, DataTable | None]:
    """The viewer's own organisation as a party: who pays and who delivers may be the same one."""
    year = financial_year(clock.today())
    rows: list[tuple[Cell, ...]] = []
    parts: set[str] = set()
    for card in cards:
        node = thread.nodes.get(("agreement", str(card.id)))
        for party, part in card.parties:
            if name and party == name and node is not None and node.stands:
                parts.add(part)
                pounds = sum(float(each) for when, each, _ in card.years if when == year)
                rows.append((Linked(card.title, node.href), part, node.state, pounds or Missing("none entered")))
    if not rows:
        return "", None
    both = f"{name} is commissioner and commissioned at once." if len(parts) > 1 else (
        f"{name} {'is commissioned' if 'Delivers' in parts else 'commissions'} here.")
    return both, DataTable(
        f"Agreements of {name} that run",
        (text_column("Agreement"), text_column("Part"), text_column("How long"),
         number_column(f"Money in {year}", Unit.POUNDS)),
        tuple(sorted(rows, key=lambda one: (str(one[1]), str(one[0])))), key="own-agreements")


def _linked(partnership: UUID, node: Node) -> Linked:
    return Linked(node.title, reverse("web:thread-item", args=[partnership, node.kind, node.id]))


def _day(node: Node) -> str:
    return long_date(node.on) if node.on else ""
