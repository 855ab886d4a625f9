"""The tables of who benefits; counts of people in them have been through the release function."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.lake.visits.summary import NOT_KNOWN
from commonweal.needs.content import read
from commonweal.needs.queries.benefit import Benefit, Grouping
from commonweal.needs.queries.benefit_money import Money
from commonweal.present.period_words import said
from commonweal.present.provenance import short_citation
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

FEW = Missing(read("benefit")["words"]["few"])


def percent(share: float) -> str:
    """A share in words: one decimal below a tenth."""
    value = 100 * share
    return f"{value:.1f}%" if 0 < value < 9.95 else f"{value:.0f}%"


def bands_table(found: Benefit) -> DataTable | None:
    """How often people came, and what share of visits they made."""
    if found.spread is None:
        return None
    columns = (text_column("How often in the year"), number_column("People"),
               number_column("Of visits with a known card", Unit.PERCENT))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, FEW if people is None else people, FEW if share is None else 100 * share)
        for label, people, share in found.spread.bands
    )
    return DataTable("How often people came", columns, rows, notes=(_word("release"),),
                     source=short_citation(found.source), key="how-often")


def moved_table(found: Benefit) -> DataTable | None:
    """New, kept, returning and lapsed; nothing where the year before is not held."""
    if not found.moved:
        return None
    columns = (text_column("Beside the year before"), number_column("People"))
    rows = tuple((label, _moved(people)) for label, people in found.moved)
    return DataTable("Who is new, and who has gone", columns, rows, notes=(_word("release"),),
                     source=short_citation(found.source), key="new-and-lapsed")


def _moved(people: int | None) -> Cell:
    if people == NOT_KNOWN:
        return Missing(_word("earlier"))
    return FEW if people is None else people


def tenths_table(found: Benefit) -> DataTable | None:
    """Reach by tenth of deprivation."""
    title = "Who came, by tenth of deprivation (1 the most deprived)"
    return _grouped(found, found.tenths, title, "Tenth", "by-tenth")


def ages_table(found: Benefit) -> DataTable | None:
    """Reach by age."""
    return _grouped(found, found.ages, "Who came, by age", "Age", "by-age")


def wards_table(found: Benefit) -> DataTable | None:
    """Reach by ward, the least reached first."""
    return _grouped(found, found.wards, "Who came, by ward, the least reached first", "Ward", "by-ward")


def money_table(found: Benefit, money: Money) -> DataTable | None:
    """Subsidy by tenth of deprivation."""
    if not money.tenths:
        return None
    need = any(one.need is not None for one in money.tenths)
    columns = [text_column("Tenth"), number_column("Subsidy", Unit.POUNDS),
               number_column("Of the subsidy", Unit.PERCENT), number_column("Of residents", Unit.PERCENT)]
    if need:
        columns.append(number_column("Of people on low incomes", Unit.PERCENT))
    columns += [number_column(f"A {what}", Unit.POUNDS, 2) for what in ("visit", "person who came", "resident")]
    rows = tuple(
        (one.label, round(one.subsidy, -2), 100 * one.share, 100 * one.residents,
         *((FEW if one.need is None else 100 * one.need,) if need else ()),
         *(FEW if value is None else round(value, 2)
           for value in (one.per_visit, one.per_person, one.per_resident)))
        for one in money.tenths
    )
    return DataTable(
        "Subsidy that reaches residents, by tenth of deprivation (1 the most deprived)", tuple(columns), rows,
        notes=(_word("release"),), source="; ".join((short_citation(found.source), *money.sources)), key="subsidy",
    )


def sites_table(found: Benefit, money: Money) -> DataTable:
    """Each site's money. People are not added up over sites: one person can be at several."""
    columns = (text_column("Site"), number_column("Visits"), number_column("People"),
               number_column("Gross cost", Unit.POUNDS), number_column("Income", Unit.POUNDS),
               number_column("Subsidy", Unit.POUNDS), number_column("A visit", Unit.POUNDS, 2),
               number_column("A person", Unit.POUNDS, 2))
    rows = tuple(
        (one.site, one.visits, FEW if one.people is None else one.people, float(one.gross), float(one.income),
         float(one.subsidy), FEW if one.per_visit is None else round(one.per_visit, 2),
         round(float(one.subsidy) / one.people, 2) if one.people else FEW)
        for one in money.sites
    )
    return DataTable("Subsidy by site", columns, rows, notes=(
        _word("release"), "People are not added up over sites: one person can be at several.",
    ), source="; ".join(money.sources), key="sites")


def _grouped(found: Benefit, grouping: Grouping | None, title: str, head: str, key: str) -> DataTable | None:
    if grouping is None:
        return None
    columns = (
        text_column(head), number_column("Came"), number_column("Live here"),
        *(number_column(name, Unit.PERCENT, 1) for name in ("Share who came", "From", "To", "At most")),
        *(number_column(name, decimals=2) for name in ("Ratio", "Ratio from", "Ratio to")),
    )
    rows = tuple(
        (one.label, FEW if one.people is None else one.people, one.residents,
         *(FEW if value is None else round(100 * value, 1) for value in (one.reach, one.low, one.high, one.most)),
         *(FEW if value is None else round(value, 2) for value in (one.ratio, one.ratio_low, one.ratio_high)))
        for one in grouping.groups
    )
    source = f"{short_citation(found.source)}; {short_citation(grouping.source)} ({said(grouping.period)})"
    return DataTable(title, columns, rows, notes=(_word("reach_note"), _word("ratio"), _word("release")),
                     source=source, key=key)


def _word(key: str) -> str:
    return str(read("benefit")["words"][key])
