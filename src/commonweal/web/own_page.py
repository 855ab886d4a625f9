"""One organisation's own page: what waits, what is coming, what it sent, and its part in each agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.errors import NotFound, Refused
from commonweal.core.figure import Unit
from commonweal.core.models import Organisation
from commonweal.core.money import financial_year
from commonweal.core.permissions import Permission
from commonweal.core.thread import Thread, thread_for
from commonweal.core.thread_walk import before
from commonweal.core.viewer import Viewer, require
from commonweal.core.waiting import Waiting, waiting_for
from commonweal.measures.queries.own import OwnReturn, OwnReturns, own_returns
from commonweal.measures.queries.performance import performance_of
from commonweal.options.queries.own import OwnAgreement, own_agreements
from commonweal.present.status import long_date
from commonweal.present.table import Cell, Column, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.wording import listed, written
from commonweal.providers.own_lines import OwnLine, lines_for
from commonweal.providers.queries.help import ApplicationCard, Stop, applications_for, stop_for

FEW = 2
AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the page, in the order it is read; `ending` are agreements that end within a year."""

    name: str
    answer: str
    waiting: tuple[Waiting, ...]
    due: tuple[OwnReturn, ...]
    coming: tuple[OwnLine, ...]
    sent: tuple[OwnReturn, ...]
    sent_words: str
    applied: tuple[ApplicationCard, ...]
    agreements: DataTable | None
    ending: tuple[str, ...]
    needs: tuple[str, ...]
    stop: Stop | None


def own_page(viewer: Viewer, partnership: UUID) -> OwnPage:
    """For whoever acts for an organisation; what a partner's evidence says only for those who see it."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    key = viewer.organisation_in(partnership)
    if key is None:
        raise Refused("Say first for whom you act: the page is that of one organisation.")
    name = Organisation.objects.get(pk=key).name
    returns = own_returns(viewer, partnership)
    running = tuple(one for one in own_agreements(viewer, partnership) if one.runs)
    sees = viewer.may(Permission.VIEW_EVIDENCE, partnership)
    thread = thread_for(viewer, partnership) if sees else None
    measured = _measured(viewer, partnership) if sees else None
    return OwnPage(
        name, _answer(name, running, returns), waiting_for(viewer, partnership), returns.due,
        lines_for(viewer, partnership), returns.sent, _sent_words(returns), applications_for(viewer, partnership),
        _agreements(running, returns, thread, measured),
        tuple(_ending(one) for one in running if one.ends_by(AHEAD)), _needs(running, thread),
        _stop(viewer, partnership))


def _answer(name: str, running: tuple[OwnAgreement, ...], returns: OwnReturns) -> str:
    year = financial_year(clock.today())
    parts = {part: [one for one in running if one.part == part] for part in ("delivers", "pays")}
    told = [f"{verb} {len(found)} agreement{'s' if len(found) != 1 else ''}{_worth(found, year)}"
            for verb, found in (("delivers", parts["delivers"]), ("pays for", parts["pays"])) if found]
    both = f"{name} is commissioner and commissioned at once: it " if len(told) > 1 else f"{name} "
    said = f"{both}{listed(told)}." if told else f"No agreement of the register names {name} as a party."
    late = sum(one.late for one in returns.due)
    if late:
        return f"{said} {late} return{'s are' if late > 1 else ' is'} late."
    return f"{said} None of its own returns is late." if returns.sent else said


def _worth(found: list[OwnAgreement], year: str) -> str:
    known = [one.in_year(year) for one in found]
    total = sum((one for one in known if one is not None), Decimal(0))
    return f" worth {written(float(total), Unit.POUNDS, 0)} in {year}" if total else ""


def _sent_words(returns: OwnReturns) -> str:
    recent = [one for one in returns.sent if one.sent_at and one.sent_at >= clock.now() - AHEAD]
    if not recent:
        return ""
    count = f"{len(recent)} return{'s' if len(recent) != 1 else ''} in the last twelve months"
    return f"{count}, {sum(one.in_time for one in recent)} by their day."


def _measured(viewer: Viewer, partnership: UUID) -> dict[UUID, tuple[int, int]]:
    """By agreement how many measures are on their way, of how many."""
    return {one.id: (one.count("on"), len(one.measures)) for one in performance_of(viewer, partnership).agreements}


def _agreements(
    running: tuple[OwnAgreement, ...], returns: OwnReturns, thread: Thread | None,
    measured: dict[UUID, tuple[int, int]] | None,
) -> DataTable | None:
    if not running:
        return None
    year = financial_year(clock.today())
    rows: list[tuple[Cell, ...]] = []
    for one in running:
        title: Cell = Linked(one.title, reverse("agreements:agreement", args=[one.partnership, one.id])) if (
            thread) else one.title
        money = one.in_year(year)
        row: tuple[Cell, ...] = (
            title, one.part_words, listed(list(one.others)) or Missing("nobody named"),
            long_date(one.ends) if one.ends else Missing("no end is set"),
            Missing("none entered") if money is None else float(money), _in_time(one, returns))
        rows.append((*row, _on_course(measured.get(one.id))) if measured is not None else row)
    heads: tuple[Column, ...] = (
        text_column("Agreement"), text_column("We"), text_column("With"), text_column("To"),
        number_column(f"Money in {year}", Unit.POUNDS), text_column("Returns by their day"))
    if measured is not None:
        heads = (*heads, text_column("Measures on their way"))
    return DataTable(
        "What we deliver, and what we pay for", heads, tuple(rows),
        notes=("Money as the register has it, VAT as written there.",), key="own-agreements",
        source="Register of agreements and returns sent")


def _in_time(one: OwnAgreement, returns: OwnReturns) -> Cell:
    found = returns.of(one.title) if one.part == "delivers" else ()
    over = [each for each in found if each.sent_at is not None or each.late]
    return f"{sum(each.in_time for each in over)} of {len(over)}" if over else Missing("none asked")


def _on_course(found: tuple[int, int] | None) -> Cell:
    return Missing("no measure") if not found or not found[1] else f"{found[0]} of {found[1]}"


def _ending(one: OwnAgreement) -> str:
    assert one.ends is not None
    return f"{one.title}: we {one.part_words.lower()}; it ends on {long_date(one.ends)}."


def _needs(running: tuple[OwnAgreement, ...], thread: Thread | None) -> tuple[str, ...]:
    """The needs that our agreements answer, each once."""
    if thread is None:
        return ()
    keys = [("agreement", str(one.id)) for one in running]
    found = (one.title for key in keys if key in thread.nodes for one in before(thread, key) if one.kind == "need")
    return tuple(dict.fromkeys(found))


def _stop(viewer: Viewer, partnership: UUID) -> Stop | None:
    try:
        return stop_for(viewer, partnership)
    except NotFound:
        return None
