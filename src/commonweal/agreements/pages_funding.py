"""How the money map is set out: the answer in a sentence, sums as tables, a picture, who would fall."""

from __future__ import annotations

from decimal import Decimal

from commonweal.agreements.models import FundingKind
from commonweal.agreements.queries.funding import Dependent, MoneyMap, Sum
from commonweal.agreements.queries.notice import RewardCard
from commonweal.core.figure import Unit
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.contributions import contributions
from commonweal.present.series import Contribution
from commonweal.present.table import DataTable, Missing, number_column, text_column

MOST_DRAWN, MOST_ROWS = 8, 100


def pounds(value: Decimal | float) -> str:
    """£1,200, or £1.2m where it is large."""
    number = float(value)
    return f"£{number / 1e6:,.2f}m" if number >= 1e6 else f"£{number:,.0f}"


def map_answer(found: MoneyMap) -> str:
    """Could be read aloud in a meeting."""
    if not found.flows:
        return "No money is known yet. Enter what you give and what others give, or bring a 360Giving file."
    parts = [f"{pounds(found.total)} is known in {found.year}: {pounds(found.services)} for services and "
             f"{pounds(found.infrastructure)} for what helps groups to be there."]
    if found.givers is not None:
        share = found.givers.largest
        parts.append(f"The largest part, {share:.0%}, comes from {found.largest}: as if "
                     f"{found.givers.equal_parts:.1f} equal givers paid it all.")
    falls = [one for one in found.dependents if one.falls]
    unknown = sum(one.falls is None for one in found.dependents)
    if falls:
        parts.append(f"{len(falls)} organisation{'s' if len(falls) > 1 else ''} would be in danger if one giver "
                     "stopped.")
    if unknown:
        parts.append(f"Of {unknown} more this is not known: their accounts are not entered.")
    return " ".join(parts)


def map_chart(found: MoneyMap) -> Chart | None:
    """The mix of the organisations that have most."""
    rows = [one for one in found.organisations if one.total][:MOST_DRAWN]
    if not rows:
        return None
    title = f"{rows[0].name} has most money in {found.year}, {pounds(rows[0].total)}"
    points = tuple(Contribution(one.name, tuple(
        (kind.label, float(one.kinds.get(kind, Decimal(0))) / 1000) for kind in FundingKind)) for one in rows)
    sentence = f"Thousands of pounds in {found.year} by kind of money, for the {len(rows)} that have most."
    return contributions(Message(title, sentence, source=_sources(found)), points, decimals=0)


def sums_table(rows: tuple[Sum, ...], caption: str, what: str, found: MoneyMap) -> DataTable:
    """Sums by kind of money."""
    shown = rows[:MOST_ROWS]
    notes = (f"{len(rows) - MOST_ROWS} more are in the file.",) if len(rows) > MOST_ROWS else ()
    return DataTable(
        caption, (text_column(what), *(number_column(kind.label, Unit.POUNDS) for kind in FundingKind),
                  number_column("In all", Unit.POUNDS)),
        tuple((one.name, *(float(one.kinds.get(kind, 0)) for kind in FundingKind), float(one.total))
              for one in shown), notes=notes, source=_sources(found), key=f"money-by-{what.lower()}")


def flows_table(found: MoneyMap) -> DataTable:
    """Every line, for a file."""
    columns = ("Year", "From", "To", "Kind", "Infrastructure", "Area", "Need", "Pounds", "Source", "As at")
    return DataTable(
        f"Money in {found.year}", tuple(number_column(name) if name == "Pounds" else text_column(name)
                                        for name in columns),
        tuple((one.year, one.giver, one.receiver, one.kind.label, "yes" if one.infrastructure else "no", one.area,
               one.need, float(one.pounds), one.source, one.as_at) for one in found.flows), key="money-map")


def falls_table(rows: tuple[Dependent, ...]) -> DataTable | None:
    """Who would fall if its largest giver stopped."""
    if not rows:
        return None
    return DataTable(
        "If its largest giver stops",
        (
            text_column("Organisation"),
            text_column("Largest giver"),
            number_column("A year", Unit.POUNDS),
            number_column("Of its income", Unit.PERCENT),
            number_column("Reserves last, months", decimals=1),
            text_column("In danger"),
        ),
        tuple(
            (
                one.receiver,
                one.giver,
                float(one.lost),
                one.share * 100,
                Missing("not known") if one.months is None else min(one.months, 120.0),
                "Cannot be said" if one.falls is None else "Yes" if one.falls else "No",
            )
            for one in rows[:MOST_ROWS]
        ),
        notes=(
            "In danger: the giver's money is a quarter or more of income, and reserves would replace it for fewer "
            "than three months, or are not known. A screening rule, not a forecast. Where no accounts are "
            "entered it cannot be said, and the share is of what is known here.",
        ),
        source="; ".join(dict.fromkeys(one.source for one in rows if one.source)) or "what is entered here",
        key="dependence",
    )


def reward_table(card: RewardCard) -> DataTable:
    """Each share, worked openly."""
    delivered = sum((done for _, done, _, _ in card.rows), Decimal(0))
    need = sum((reached for _, _, reached, _ in card.rows), Decimal(0))
    return DataTable(
        f"{card.title}: {pounds(card.pot)}",
        (
            text_column("Who"),
            number_column(card.counts),
            number_column("Of them in need"),
            number_column("Of all delivered", Unit.PERCENT),
            number_column("Of all in need", Unit.PERCENT),
            number_column("Share", Unit.POUNDS, 2),
        ),
        tuple(
            (
                name,
                float(done),
                float(reached),
                float(done / delivered * 100) if delivered else 0.0,
                float(reached / need * 100) if need else 0.0,
                float(share),
            )
            for name, done, reached, share in card.rows
        ),
        notes=(
            f"The rule: {card.alike}% in equal parts, {card.delivered}% by what each delivered, {card.need}% by "
            "how much of that reached people in need. Each part is shared to the penny by largest remainders; "
            "the shares add up to the pot.",
        ),
        source=f"{card.source}. Worked out on {card.agreed_on:%-d %B %Y}",
        key="reward",
    )


def _sources(found: MoneyMap) -> str:
    named = list(dict.fromkeys(one.source for one in found.flows if one.source))
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    latest = max((one.as_at for one in found.flows), default=None)
    return f"{'; '.join(named[:3])}{more}" + (f". Latest entry {latest:%-d %B %Y}" if latest else "")
