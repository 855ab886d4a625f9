"""The two sides of need as one table, for the page and the file."""

from __future__ import annotations

from commonweal.needs.pages.need import how_far
from commonweal.needs.queries.needs import NeedCard
from commonweal.needs.queries.priorities import PriorityCard
from commonweal.needs.queries.two_sides import Research, TwoSides, WiderTheme
from commonweal.present.table import Cell, DataTable, text_column

CULTURE = "Need for culture and sport"
WIDER = "What culture and sport can do"
NONE_HELD = "No research is held for this yet: that is not to say there is none."
COLUMNS = ("Side", "Theme", "What it is", "What it says", "How it stands", "Grade", "Why this grade", "Rests on",
           "Source", "Checked")


def two_sides_table(sides: TwoSides) -> DataTable:
    """Every need and every finding, a row each; a theme without research says so."""
    rows = [_need(CULTURE, "", card) for card in sides.culture]
    rows += [_priority(CULTURE, card) for card in sides.culture_priorities]
    for theme in sides.wider:
        rows += [_priority(WIDER, card) for card in theme.priorities]
        rows += [_need(WIDER, theme.title, card) for card in theme.needs]
        rows += [_research(theme, one) for one in theme.research] or [_nothing(theme)]
    return DataTable(
        "Two sides of need", tuple(text_column(title) for title in COLUMNS), tuple(rows), key="two-sides"
    )


def _need(side: str, theme: str, card: NeedCard) -> tuple[Cell, ...]:
    return (side, theme, "Need", card.statement, how_far(card), "", "", "", "The partners", "")


def _priority(side: str, card: PriorityCard) -> tuple[Cell, ...]:
    source = f"{card.source}, {card.source_date:%-d %B %Y}. {card.address}".strip()
    says = f"{card.title}. {card.why}"
    return (side, card.theme_title, "Priority", says, card.organisation, "", "", "", source, "")


def _research(theme: WiderTheme, one: Research) -> tuple[Cell, ...]:
    said = one.finding
    source = f"{said.source}, {said.year}. {said.address}".strip()
    return (WIDER, theme.title, said.design, said.claim, said.bearing_title, str(one.quality.grade),
            " ".join(one.quality.reasons), said.rests_on, source, said.verification)


def _nothing(theme: WiderTheme) -> tuple[Cell, ...]:
    return (WIDER, theme.title, "Research", NONE_HELD, "", "", "", "", "", "")
