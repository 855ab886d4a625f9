"""Words and dates of the shell's pages: `{% load shell %}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

from commonweal.core import clock
from commonweal.core.queries.datasets import YEAR_ALONE, DatasetCard

register = template.Library()

# What the lake's tables hold, in people's words.
TABLES = {
    "areas": "names and codes of areas",
    "area_links": "which area lies in which, or became which",
    "observations": "published figures",
    "population": "people by age",
    "facilities": "places people go to",
    "postcodes": "postcodes",
    "boundaries": "boundaries",
    "centroids": "centre points",
    "neighbours": "which districts are most alike",
    "use": "use of services",
    "indicators": "what indicators mean",
}


@register.filter
def day(value: date | None) -> str:
    """'1 April 2026'; empty for no date."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def moment(value: datetime) -> str:
    """'1 April 2026, 14:05', London time."""
    return date_format(localtime(value, clock.LONDON), "j F Y, H:i")


@register.filter
def freshness(card: DatasetCard) -> str:
    """When it was read, and which date its latest figures are for, in a sentence or two."""
    days = (clock.today() - localtime(card.read_at, clock.LONDON).date()).days
    read = "Read today." if days <= 0 else "Read yesterday." if days == 1 else f"Read {days} days ago."
    return f"Figures up to {latest(card)}. {read}" if card.edition else read


@register.filter
def latest(card: DatasetCard) -> str:
    """The day or year its latest figures are for."""
    return card.edition if len(card.edition) == YEAR_ALONE else day(card.latest)


@register.filter
def checked_words(checked: str) -> str:
    """The day the publisher's address last answered, or that nobody has tried it from here."""
    try:
        return day(date.fromisoformat(checked))
    except ValueError:
        return "Not tried yet"


@register.filter
def table_words(table: str) -> str:
    """What a table of the lake holds."""
    return TABLES.get(table, table)
