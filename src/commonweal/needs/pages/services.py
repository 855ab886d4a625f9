"""Needs beside services: the answer, the matrix, the lists on both sides, and what always has run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Release, SourceRef, Unit
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.needs.content import read
from commonweal.needs.models import Answers
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.queries.mismatch import Mismatch, NeedServed, Served, spend_of
from commonweal.needs.queries.services import ServiceCard, year_words
from commonweal.needs.step_guidance import StepGuidance, guidance_of
from commonweal.needs.wording import fill
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.wording import listed

METHOD_VERSION = "1.0"
WORST = 0.2  # of services without a known cost, from which a sum of pounds is weak


@dataclass(frozen=True, slots=True)
class Line:
    """One need or service of a list: its words, and a sentence under it."""

    title: str
    href: str
    says: str


@dataclass(frozen=True, slots=True)
class Continuing:
    """A service that always ran: what it costs, and what was answered when somebody asked."""

    card: ServiceCard
    cost: str
    says: str


@dataclass(frozen=True, slots=True)
class ServicesView:
    """The whole page."""

    answer: str
    figures: tuple[Labelled, ...]
    unserved: tuple[Line, ...]
    without: tuple[Line, ...]
    continues: str
    continuing: tuple[Continuing, ...]
    matrix: DataTable | None
    short: DataTable | None
    words: dict[str, Any]
    guidance: StepGuidance


def words() -> dict[str, Any]:
    """The words of this page."""
    found: dict[str, Any] = read("services")
    return found


def services_view(found: Mismatch, view: PartnershipView) -> ServicesView:
    """Everything the page shows."""
    return ServicesView(
        answer=answer(found), figures=figures(found, view),
        unserved=tuple(Line(one.title, reverse("needs:need", args=[view.id, one.id]), unserved_says(one, found))
                       for one in found.unserved) if found.services else (),
        without=tuple(Line(one.name, _page(view.id, one), without_says(one, found)) for one in found.without)
        if found.needs else (),
        continues=continues_says(found),
        continuing=tuple(Continuing(one, cost_of(one), asked_says(one)) for one in found.continuing),
        matrix=matrix(found, view.id), short=None if found.needs else short_list(found, view.id), words=words(),
        guidance=guidance_of(words()["guidance"]),
    )


def answer(found: Mismatch) -> str:
    """The sentence that comes first."""
    say, services = words()["answer"], counted(len(found.services), "service")
    if not found.services:
        return str(say["none"])
    if not found.needs:
        return fill(say["no_needs"], services=services)
    parts = [
        fill(say[key], n=n, are="is" if n == 1 else "are", has="has" if n == 1 else "have")
        for key, n in (("whole", found.count(Served.WHOLE)), ("part", found.count(Served.PART)),
                       ("no_service", found.count(Served.NONE)), ("unknown", found.count(Served.UNKNOWN))) if n
    ]
    first = fill(say["needs"], needs=counted(len(found.needs), "need"), parts=listed(parts))
    without = found.without
    second = say["every"] if not without else fill(
        say["without"], n=len(without), services=services, spend=_spend(without),
        are="is" if len(without) == 1 else "are")
    return f"{first} {second}"


def unserved_says(one: NeedServed, found: Mismatch) -> str:
    """Why a need stands in the list."""
    say = words()["unserved"]
    if one.served is Served.NONE:
        return str(say["none"])
    return fill(say["unknown"], open=f"{one.open} of {counted(len(found.services), 'service')}")


def without_says(one: ServiceCard, found: Mismatch) -> str:
    """Why a service stands in the list."""
    say, left = words()["without"], found.open(one)
    looked = fill(say["open"], n=f"{left} of {counted(len(found.needs), 'need')}") if left else say["looked"]
    return f"{cost_of(one)}. {one.reason.label}. {looked}"


def continues_says(found: Mismatch) -> str:
    """How many run because they always have, and what they cost."""
    say, some = words()["continues"], found.continuing
    if not some:
        return str(say["none"])
    one = len(some) == 1
    return fill(say["some"], n=counted(len(some), "service"), run="runs" if one else "run",
                it="it" if one else "they", has="has" if one else "have", spend=_spend(some))


def asked_says(one: ServiceCard) -> str:
    """What was answered when somebody asked."""
    say = words()["continues"]
    if not one.asked:
        return str(say["not_asked"])
    return fill(say["asked"], would_justify=_closed(one.would_justify), asked_by=one.asked_by.rstrip(". "))


def cost_of(one: ServiceCard) -> str:
    """What it costs in a year, in words."""
    return f"{pounds(one.spend)} in {one.year}" if one.spend is not None else str(words()["no_cost"])


def pounds(amount: Decimal) -> str:
    """£18,000."""
    return f"£{amount:,.0f}"


def counted(n: int, noun: str) -> str:
    """2 needs, 1 need."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def matrix(found: Mismatch, partnership: UUID) -> DataTable | None:
    """How far each service answers each need."""
    if not found.services or not found.needs:
        return None
    columns = (text_column("Service"), *(text_column(need.title) for need in found.needs))
    rows = tuple(
        (Linked(one.name, _page(partnership, one)), *(_said(one, need) for need in found.needs))
        for one in found.services
    )
    stale = any(each.stale for one in found.services for each in one.judged)
    notes = ((words()["stale"],) if stale else ())
    return DataTable(words()["matrix"], columns, rows, notes=notes, key="matrix", even=True)


def short_list(found: Mismatch, partnership: UUID) -> DataTable | None:
    """Every service in a line, where no need is written to set it beside."""
    if not found.services:
        return None
    columns = tuple(text_column(title) for title in words()["short"])
    rows = tuple((Linked(one.name, _page(partnership, one)), one.run_by, cost_of(one), one.reason.label)
                 for one in found.services)
    return DataTable("Services", columns, rows, key="services")


def services_table(found: Mismatch) -> DataTable:
    """Every service with all that is recorded of it, for a file."""
    columns = tuple(
        number_column(title) if at == words()["pounds_at"] else text_column(title)
        for at, title in enumerate(words()["columns"])
    )
    rows = tuple(
        (one.name, one.kind.label, one.run_by, one.groups or "Everybody",
         ", ".join(one.area_names) or "Whole place", one.site, ", ".join(one.theme_titles),
         Missing("not known") if one.spend is None else float(one.spend), one.year, one.spend_source,
         str(one.since or ""), one.reason.label, one.reason_words, one.money_ends or "", one.review or "",
         one.would_justify, one.asked_by)
        for one in found.services
    )
    return DataTable("Services", columns, rows, notes=(words()["method"],), key="services")


def figures(found: Mismatch, view: PartnershipView) -> tuple[Labelled, ...]:
    """The three numbers that come first, each a figure."""
    if not found.services:
        return ()
    say, record = words()["figures"], Recorded(view, found.services)
    shown = []
    if found.needs:
        shown.append(Labelled(record.figure(
            len(found.unserved), Unit.COUNT, words()["base"]["needs"], n=len(found.needs),
        ), say["unserved"]))
        shown.append(Labelled(_money(found.without, record), say["without"]))
    return (*shown, Labelled(_money(found.continuing, record), say["continues"]))


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the partners recorded themselves, as the source of figures."""

    view: PartnershipView
    services: tuple[ServiceCard, ...]

    def figure(
        self, value: float | None, unit: Unit, base: str, *, n: int, decimals: int = 0, missing: str = "",
        method: str = "",
    ) -> Figure:
        """One figure of it."""
        return Figure(
            value=value, unit=unit, base=base, place=self.place, period=period_of(self.services),
            source=self.source, method=method or words()["method"], method_version=METHOD_VERSION,
            quality=self.quality, n=n, decimals=decimals, release=Release.RESTRICTED, missing=missing,
        )

    @property
    def place(self) -> PlaceRef:
        """The partnership's first place, or the partnership where it has none."""
        for one in self.view.places:
            return PlaceRef(one.kind, one.code, one.name, one.vintage, self.view.invented)
        year = clock.today().year
        return PlaceRef("partnership", str(self.view.id), self.view.name, year, self.view.invented)

    @property
    def source(self) -> SourceRef:
        """The partners' own record."""
        today = clock.today()
        return SourceRef(
            dataset="services-recorded", title="Services as the partners recorded them", publisher=self.view.name,
            licence="not published", version=f"{today:%-d %B %Y}", published=f"{today:%Y-%m-%d}",
            invented=self.view.invented,
        )

    @property
    def quality(self) -> Quality:
        """Fair at best: nobody audited it; weak where many costs are not known."""
        unknown, (audited, costs) = spend_of(self.services)[1], words()["quality"]
        reasons = [audited]
        if unknown:
            reasons.append(fill(costs, unknown=unknown, all=counted(len(self.services), "service")))
        return Quality(Grade.D if unknown > WORST * len(self.services) else Grade.C, tuple(reasons))


def period_of(services: Iterable[ServiceCard]) -> str:
    """The financial years of the costs, or the day where none is known."""
    years = sorted({one.spend_year for one in services if one.spend is not None and one.spend_year is not None})
    if not years:
        return f"{clock.today():%-d %B %Y}"
    first, last = year_words(years[0]), year_words(years[-1])
    return first if first == last else f"{first} to {last}"


def _money(services: tuple[ServiceCard, ...], record: Recorded) -> Figure:
    amount, unknown = spend_of(services)
    hidden = "not known" if services and unknown == len(services) else ""
    return record.figure(
        None if hidden else float(amount), Unit.POUNDS, words()["base"]["spend"], n=len(services) - unknown,
        missing=hidden,
    )


def _spend(services: tuple[ServiceCard, ...]) -> str:
    amount, unknown = spend_of(services)
    if unknown == len(services):
        return ""
    return fill(words()["answer"]["spend_some" if unknown else "spend"], spend=pounds(amount))


def _said(one: ServiceCard, need: NeedServed) -> Cell:
    judged = one.said.get(need.id)
    if judged is None or judged.answers is Answers.UNCLEAR:
        return Missing(Answers.UNCLEAR.label)
    return f"{judged.answers.label}*" if judged.stale else str(judged.answers.label)


def _page(partnership: UUID, one: ServiceCard) -> str:
    return reverse("needs:service", args=[partnership, one.id])


def _closed(text: str) -> str:
    return text if text[-1:] in ".?!" else f"{text}."
