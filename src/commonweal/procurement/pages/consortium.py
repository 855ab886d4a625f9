"""How teams are set out: the answer in a sentence, partners lighting up a matrix, gaps and strain in words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.present.table import Column, DataTable, Kind, text_column
from commonweal.procurement.queries.consortium import BriefCard, LineCard, TeamCard

HEAVY = 0.5       # of the lead's turnover in one contract
MONTH = 1 / 12    # of turnover paid out ahead


@dataclass(frozen=True, slots=True)
class TeamTold:
    """A team as its page says it."""

    title: str
    answer: str
    matrix: DataTable
    partners: DataTable
    gaps: tuple[str, ...]
    strain: tuple[str, ...]


def team_told(card: BriefCard, team: TeamCard, title: str) -> TeamTold:
    """One team."""
    return TeamTold(title, answer_of(card, team), _matrix(card, team), _partners(team), gap_words(team.gaps),
                    strain_words(card, team))


def answer_of(card: BriefCard, team: TeamCard) -> str:
    """What it covers, with how many, for how much, and how sure it is best."""
    done, asked = sum(team.covered.values()), sum(float(line.hours) for line in card.lines)
    count = len(team.partners)
    sure = ("No other team of those who are willing does better" if team.gap <= 1e-4
            else f"A better team could be at most {team.gap:.1%} cheaper")
    return (f"{count} partner{'' if count == 1 else 's'} would cover {done:,.0f} of {asked:,.0f} hours a week, "
            f"for {_pounds(team.money)} a year. {sure}, by what each said.")


def gap_words(gaps: tuple[tuple[LineCard, float], ...]) -> tuple[str, ...]:
    """What nobody covers, thing by thing."""
    found: dict[str, list[str]] = {}
    for line, hours in gaps:
        found.setdefault(line.what, []).append(f"{line.area} ({hours:,.0f} of {float(line.hours):,.0f} hours)")
    return tuple(f"{what[:1].upper()}{what[1:]}: {', '.join(places)}" for what, places in found.items())


def coverage_table(card: BriefCard, covered: dict[UUID, float]) -> DataTable:
    """What could be covered, by what and where, without a name."""
    cells = {(line.what, line.area): (covered[line.id], float(line.hours)) for line in card.lines}

    def said(what: str, area: str) -> str:
        if (what, area) not in cells:
            return "Not asked"
        done, asked = cells[what, area]
        return "Covered" if done >= asked - 0.01 else "Partly" if done > 0.01 else "Nobody"

    rows = tuple((what[:1].upper() + what[1:], *(said(what, area) for area in card.areas)) for what in card.things)
    columns = tuple(text_column(head) for head in ("What is needed", *card.areas))
    return DataTable("What could be covered by those who are willing", columns, rows, key="coverage")


def strain_words(card: BriefCard, team: TeamCard) -> tuple[str, ...]:
    """How the lead body would bear it."""
    lead = team.lead
    if lead is None:
        return ()
    who = "you" if lead.ours else lead.name
    heavy = "That is heavy: half is a common limit." if team.lead_share > HEAVY else "It can bear that."
    share = f"{team.lead_share:.0%}"
    found = [f"The contract would be {share} of the yearly turnover of the lead body ({who}). {heavy}"]
    if card.arrears == 0:
        found.append("It is paid in advance, so nobody has to find money first.")
    else:
        need = ("More than a month's income: ask for part of the payment in advance."
                if team.ahead_share > MONTH else "Less than a month's income.")
        found.append(
            f"With {card.arrears} month{'' if card.arrears == 1 else 's'} to the first invoice and one to its "
            f"payment, the lead pays partners {_pounds(team.ahead)} before any money comes, "
            f"{team.ahead_share:.0%} of its yearly turnover. {need}")
    tight = [one for one in team.partners if one.share > float(card.exposure) - 0.01]
    if tight:
        names = ", ".join("you" if one.ours else one.name for one in tight)
        found.append(f"At the limit of {card.exposure:.0%} of turnover: {names}.")
    return tuple(found)


def _matrix(card: BriefCard, team: TeamCard) -> DataTable:
    """Each partner's row lights up the cells that it does."""
    columns = tuple(text_column(head) for head in ("Partner", *card.areas))
    rows = []
    for one in team.partners:
        by = {area: [f"{line.what} {hours:,.0f} h" for line, hours in one.cells if line.area == area]
              for area in card.areas}
        name = f"{one.name} (you)" if one.ours else one.name
        rows.append((f"{name}, lead" if one.leads else name, *("; ".join(by[area]) for area in card.areas)))
    gaps = {area: [f"{line.what} {hours:,.0f} h" for line, hours in team.gaps if line.area == area]
            for area in card.areas}
    if team.gaps:
        rows.append(("Nobody", *("; ".join(gaps[area]) for area in card.areas)))
    return DataTable("Who would do what, where", columns, tuple(rows), key="matrix")


def _partners(team: TeamCard) -> DataTable:
    columns = (text_column("Partner"), Column("Hours a week", Kind.NUMBER), Column("£ a year", Kind.NUMBER),
               Column("% of its turnover", Kind.NUMBER))
    rows = tuple((f"{one.name} (you)" if one.ours else one.name, round(one.hours), round(one.money),
                  round(100 * one.share)) for one in team.partners)
    return DataTable("What each would carry", columns, rows, key="carry")


def _pounds(amount: float) -> str:
    return f"£{amount:,.0f}"
