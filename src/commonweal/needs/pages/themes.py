"""Needs by theme: two sides, their themes, each theme's measures, and each measure by itself."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core.figure import Figure
from commonweal.needs.assessment import Assessment, Measure, Side, Theme
from commonweal.needs.card import Card, cards
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.wording import in_sentence

SIDES = {
    Side.CULTURE_SPORT: "Need for culture and sport",
    Side.CONTRIBUTION: "Wider needs that culture and sport can help with",
}


@dataclass(frozen=True, slots=True)
class SideView:
    """One side with its themes, each leading to its page."""

    key: str
    title: str
    themes: tuple[ThemeLine, ...]


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in a sentence."""

    title: str
    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure on its theme's page."""

    card: str
    name: str
    sentence: str
    figure: Figure
    label: str
    comparison: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary list."""

    key: str
    value: str


def sides(assessment: Assessment, code: str) -> tuple[SideView, ...]:
    """Both sides, each with the themes known."""
    to = Addresses(code)
    return tuple(
        SideView(
            side.value, title,
            tuple(ThemeLine(t.title, t.sentence, to.theme(t.key)) for t in assessment.themes if t.side is side),
        )
        for side, title in SIDES.items()
    )


def theme_of(assessment: Assessment, key: str) -> Theme | None:
    """The theme by its key."""
    return next((theme for theme in assessment.themes if theme.key == key), None)


def measure_of(assessment: Assessment, card: str) -> tuple[Theme, Measure] | None:
    """A measure by its card, with its theme."""
    pairs = ((theme, measure) for theme in assessment.themes for measure in theme.measures)
    return next((pair for pair in pairs if pair[1].card == card), None)


def measure_lines(theme: Theme, code: str) -> tuple[MeasureLine, ...]:
    """The measures of a theme."""
    to = Addresses(code)
    return tuple(
        MeasureLine(
            card=one.card, name=one.name, sentence=one.sentence, figure=one.figure, label=label_of(one),
            comparison=one.england.sentence if one.england else "", href=to.measure(one.card),
        )
        for one in theme.measures
    )


def label_of(measure: Measure) -> str:
    """What the measure's figure counts, where and when."""
    return f"{in_sentence(measure.name)}, {measure.figure.period}"


def card_of(card: str) -> Card | None:
    """The card behind a measure."""
    return next((one for one in cards() if one.id == card), None)


def collecting(card: Card | None) -> tuple[Row, ...]:
    """How to know more, lightest first."""
    if card is None:
        return ()
    return (
        Row("The lightest version", card.collect.lightest), Row("Better", card.collect.how),
        Row("Effort", card.collect.effort),
    )


def card_note(card: Card | None) -> str:
    """Who answers for the card."""
    if card is None:
        return ""
    checked = f"checked by {card.checker}" if card.checker else "not yet checked by a second person"
    return f"This page of words was written by {card.author}, {checked}; next review {card.next_review:%B %Y}."


def measure_tables(code: str, card: str) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Downloads of a measure's comparison and trend."""
    to = Addresses(code)
    return (
        (Item("These numbers", to.table(f"compare-{card}"), detail="CSV"),),
        (Item("These numbers", to.table(f"trend-{card}"), detail="CSV"),),
    )
