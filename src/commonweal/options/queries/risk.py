"""Contracts whose risk is shared, for whoever may see them, drawn with their own seed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.options.carrying import FULL, RUNS, Carried, Party, Spec, carried, event, from_data, uncertain
from commonweal.options.models import ContractCase, FullKind, Risk
from commonweal.options.money_content import case_kinds, risk_kinds, title_of
from commonweal.options.queries.full_runs import full_run, inputs_of


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A contract in a list."""

    id: UUID
    title: str
    years: int


@dataclass(frozen=True, slots=True)
class RiskCard:
    """One line of the register: who carries it, and who as a rule best could."""

    id: UUID
    title: str
    kind: str
    bearer: str
    best: str
    fits: bool
    why_best: str
    why: str
    chance: float
    costs: tuple[float, float, float]
    control: str
    watches: str

    @property
    def expected(self) -> float:
        """What it costs in the mean of many years."""
        return self.chance / 100 * sum(self.costs) / 3


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the contract as a page shows it."""

    kind: str
    title: str
    pounds: float
    yearly: float
    off: float
    passed: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A contract, its register, and what the draws say of it."""

    id: UUID
    title: str
    spec: Spec
    rule_title: str
    lines: tuple[PlannedLine, ...]
    risks: tuple[RiskCard, ...]
    carried: Carried
    runs: int = RUNS


def cases_for(viewer: Viewer, partnership: UUID) -> tuple[CaseCard, ...]:
    """Every contract set out, by name."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = ContractCase.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(CaseCard(row.pk, row.title, row.years) for row in rows.order_by("title"))


def case_row(viewer: Viewer, partnership: UUID, case: UUID) -> ContractCase:
    """The row itself, for an action."""
    rows = ContractCase.objects.visible_to(viewer, Purpose.PLANNING)
    found: ContractCase | None = rows.filter(partnership=partnership, pk=case).first()
    if found is None:
        raise NotFound("There is no such contract, or none that you may see.")
    return found


def risk_row(viewer: Viewer, partnership: UUID, risk: UUID) -> Risk:
    """The row of a risk, for an action."""
    found: Risk | None = (
        Risk.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, pk=risk).first()
    )
    if found is None:
        raise NotFound("There is no such risk, or none that you may see.")
    return found


def case_for(viewer: Viewer, partnership: UUID, case: UUID) -> CaseView:
    """A contract with everything drawn."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    row = case_row(viewer, partnership, case)
    spec = spec_of(row)
    full = full_run(FullKind.CONTRACT, row.pk, inputs_of(spec))
    found, runs = (carried(spec), RUNS) if full is None else (from_data(spec, full.result), FULL)
    return CaseView(
        row.pk, row.title, spec, title_of("risks", "rules", row.rule), _lines(row),
        tuple(_risk(one) for one in row.risks.order_by("created", "id")), found, runs,
    )


def spec_of(row: ContractCase) -> Spec:
    """Everything that decides the draws."""
    kinds = case_kinds()
    lines = tuple(
        uncertain(
            (kind.yearly, kind.level, kind.persists, kind.every), pounds=float(one.pounds),
            yearly=float(one.yearly) / 100, off=float(one.off) / 100, passed=one.passed,
        )
        for one in row.lines.order_by("kind") for kind in [kinds[one.kind]]
    )
    events = tuple(
        event(chance=float(one.chance) / 100, costs=_costs(one), bearer=one.bearer)
        for one in row.risks.order_by("created", "id")
    )
    parties = tuple(
        Party(one.kind, title_of("risks", "parties", one.kind), float(one.reserves), float(one.least))
        for one in row.parties.order_by("-reserves", "kind")
    )
    return Spec(
        lines, events, row.years, float(row.margin), row.rule, float(row.collar), float(row.cap),
        row.shared / 100, row.beyond / 100, row.limit / 100, row.seed, parties,
        None if row.gains is None else row.gains / 100,
    )


def _costs(row: Risk) -> tuple[float, float, float]:
    return float(row.least), float(row.likely), float(row.most)


def _lines(row: ContractCase) -> tuple[PlannedLine, ...]:
    held = {one.kind: one for one in row.lines.all()}
    return tuple(
        PlannedLine(key, kind.title, float(held[key].pounds), float(held[key].yearly), float(held[key].off),
                    held[key].passed)
        for key, kind in case_kinds().items() if key in held
    )


def _risk(row: Risk) -> RiskCard:
    kind = risk_kinds()[row.kind]
    return RiskCard(
        row.pk, row.title, kind.title, title_of("risks", "bearers", row.bearer),
        title_of("risks", "bearers", kind.best), row.bearer == kind.best, kind.why, row.why, float(row.chance),
        _costs(row), row.control, row.watches,
    )
