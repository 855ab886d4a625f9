"""The money map: who gives what to whom, for which need, where, in which year, and how far it hangs on few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.agreements.content import read
from commonweal.agreements.models import AgreementAnswers, FundingKind, FundingLine, FundingRole, Means
from commonweal.core import clock
from commonweal.core.money import financial_year
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.concentration import Concentration, concentration, if_one_stops
from commonweal.options.queries.agreements import AgreementCard, agreements_for
from commonweal.providers.models import Provider

UNNAMED = "Groups that are not named"
NO_AREA, NO_NEED = "Area not said", "No need named"


@dataclass(frozen=True, slots=True)
class Flow:
    """One giver's money to one organisation in one year."""

    giver: str
    receiver: str
    kind: FundingKind
    infrastructure: bool
    area: str
    need: str
    year: str
    pounds: Decimal
    source: str
    as_at: date
    agreement: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of a map: its name, pounds by kind of money, and in all."""

    name: str
    kinds: dict[FundingKind, Decimal]

    @property
    def total(self) -> Decimal:
        """In all."""
        return sum(self.kinds.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Dependent:
    """One organisation if one giver stops: what it loses a year, of which income, with which reserves."""

    receiver: str
    giver: str
    lost: Decimal
    income: Decimal | None
    reserves: Decimal | None
    share: float
    months: float | None
    falls: bool | None      # None where its accounts are not entered: it cannot be said
    source: str


@dataclass(frozen=True, slots=True)
class Twice:
    """The same giver, receiver and year stand in the register and in a line: it may be counted twice."""

    giver: str
    receiver: str
    year: str


@dataclass(frozen=True, slots=True)
class MoneyMap:
    """All of one year: sums each way, how concentrated, who falls, and what may be counted twice."""

    year: str
    years: tuple[str, ...]
    flows: tuple[Flow, ...]
    organisations: tuple[Sum, ...]
    areas: tuple[Sum, ...]
    needs: tuple[Sum, ...]
    by_year: tuple[Sum, ...]
    services: Decimal
    infrastructure: Decimal
    givers: Concentration | None
    largest: str
    dependents: tuple[Dependent, ...]
    twice: tuple[Twice, ...]

    @property
    def total(self) -> Decimal:
        """All of the year."""
        return self.services + self.infrastructure


def money_map(viewer: Viewer, partnership: UUID, year: str = "") -> MoneyMap:
    """The map of one financial year; this one, or the latest that has money, where none is asked."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    every = named(viewer, flows_for(viewer, partnership))
    years = tuple(sorted({one.year for one in every}))
    now = financial_year(clock.today())
    chosen = year if year in years else now if now in years else (years[-1] if years else now)
    flows = tuple(one for one in every if one.year == chosen)
    givers = _totals(flows, lambda one: one.giver)
    given = [float(value) for value in givers.values() if value > 0]
    return MoneyMap(
        chosen,
        years,
        flows,
        _sums(flows, lambda one: one.receiver),
        _sums(flows, lambda one: one.area),
        _sums(flows, lambda one: one.need),
        tuple(sorted(_sums(every, lambda one: one.year), key=lambda s: s.name)),
        sum((one.pounds for one in flows if not one.infrastructure), Decimal(0)),
        sum((one.pounds for one in flows if one.infrastructure), Decimal(0)),
        concentration(given) if given else None,
        max(givers, key=lambda one: givers[one], default=""),
        _dependents(viewer, partnership, flows),
        _twice(flows),
    )


def flows_for(viewer: Viewer, partnership: UUID) -> tuple[Flow, ...]:
    """Agreements of the register, and every other line, as they stand."""
    kinds: dict[str, str] = read("funding")["forms"]
    roles = {row.agreement_id: row for row in FundingRole.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership)}
    needs = _needs(viewer, partnership)
    found: list[Flow] = []
    for card in agreements_for(viewer, partnership):
        if card.form in kinds:
            found += _of_agreement(card, roles.get(card.id), kinds[card.form], needs.get(card.id, NO_NEED))
    rows = FundingLine.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    found += [Flow(row.giver, row.receiver, FundingKind(row.kind), row.infrastructure, row.area or NO_AREA,
                   row.need.title if row.need else NO_NEED, row.year, row.pounds, row.source, row.as_at)
              for row in rows.select_related("need").order_by("year", "receiver", "id")]
    return tuple(found)


def named(viewer: Viewer, flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """The same, with every group that the viewer may not see under one name; its money stays in the sums."""
    flows = tuple(flows)
    hidden = _hidden(viewer, {one.receiver for one in flows} | {one.giver for one in flows})
    return tuple(
        one if not {_plain(one.receiver), _plain(one.giver)} & hidden else Flow(
            UNNAMED if _plain(one.giver) in hidden else one.giver,
            UNNAMED if _plain(one.receiver) in hidden else one.receiver, one.kind, one.infrastructure, one.area,
            one.need, one.year, one.pounds, "", one.as_at)
        for one in flows)


def _hidden(viewer: Viewer, names: set[str]) -> set[str]:
    """Names of the directory's entries that this viewer may not see and that nobody visible shares."""
    wanted = sorted({one for name in names for one in (name, name.upper(), name.title())})
    found: set[str] = set()
    shown: set[str] = set()
    seen = Provider.objects.visible_to(viewer)
    for start in range(0, len(wanted), 400):
        part = Provider.objects.filter(merged_into=None, name__in=wanted[start:start + 400])
        shown |= {_plain(name) for name in seen.filter(name__in=wanted[start:start + 400]).values_list(
            "name", flat=True)}
        found |= {_plain(name) for name in part.values_list("name", flat=True)}
    return found - shown


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _of_agreement(card: AgreementCard, role: FundingRole | None, kind: str, need: str) -> list[Flow]:
    """Its money by year; several who pay or deliver stand together, for the register does not part their money."""
    pays = " and ".join(name for name, part in card.parties if part == "Pays or grants")
    does = " and ".join(name for name, part in card.parties if part != "Pays or grants")
    sort = FundingKind(role.kind if role else kind)
    return [
        Flow(
            pays,
            does,
            sort,
            bool(role and role.infrastructure),
            (role.area if role else "") or NO_AREA,
            need,
            year,
            pounds,
            card.source,
            card.begins,
            card.id,
        )
        for year, pounds, _ in card.years
    ]


def _needs(viewer: Viewer, partnership: UUID) -> dict[UUID, str]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = AgreementAnswers.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, removed=False).exclude(need=None)
    for row in rows.select_related("need__identity").order_by("created", "id"):
        if row.need is not None:
            found[row.agreement_id].append(row.need.identity.title)
    return {key: " and ".join(titles) for key, titles in found.items()}


def _totals(flows: Iterable[Flow], by: Callable[[Flow], str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in flows:
        found[by(one)] += one.pounds
    return dict(found)


def _sums(flows: Iterable[Flow], by: Callable[[Flow], str]) -> tuple[Sum, ...]:
    found: dict[str, dict[FundingKind, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in flows:
        found[by(one)][one.kind] += one.pounds
    rows = (Sum(name, dict(kinds)) for name, kinds in found.items())
    return tuple(sorted(rows, key=lambda one: (-one.total, one.name)))


def _dependents(viewer: Viewer, partnership: UUID, flows: tuple[Flow, ...]) -> tuple[Dependent, ...]:
    """For each organisation its largest giver: trading is not given by one, and help in kind is no income."""
    rule = read("funding")["falls"]
    means: dict[str, Any] = {}
    for row in Means.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership).order_by("year"):
        means[_plain(row.organisation)] = row
    given: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    earned: dict[str, Decimal] = defaultdict(Decimal)
    for one in flows:
        if one.receiver == UNNAMED or one.kind == FundingKind.IN_KIND:
            continue
        earned[one.receiver] += one.pounds
        if one.kind != FundingKind.TRADING:
            given[one.receiver][one.giver] += one.pounds
    top = [(who, max(by, key=lambda name: by[name])) for who, by in given.items() if any(by.values())]
    held = [means.get(_plain(who)) for who, _ in top]
    losses = if_one_stops(
        [float(given[who][giver]) for who, giver in top],
        [float(row.income if row else earned[who]) for (who, _), row in zip(top, held, strict=True)],
        [float(row.reserves) if row and row.reserves is not None else np.nan for row in held], **rule)
    made = [Dependent(
        who, giver, given[who][giver], row.income if row else None, row.reserves if row else None, loss.share,
        None if np.isnan(loss.months) else loss.months, loss.falls if row else None,
        f"{row.source}, {row.year}" if row else "",
    ) for (who, giver), row, loss in zip(top, held, losses, strict=True)]
    return tuple(sorted(made, key=lambda one: (not one.falls, -one.share, one.receiver)))


def _twice(flows: tuple[Flow, ...]) -> tuple[Twice, ...]:
    of_register = {(_plain(one.giver), _plain(one.receiver)) for one in flows if one.agreement}
    return tuple(dict.fromkeys(Twice(one.giver, one.receiver, one.year) for one in flows if one.agreement is None
                               and (_plain(one.giver), _plain(one.receiver)) in of_register))
