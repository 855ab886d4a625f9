"""How the counts of linked people are set out and said."""

from __future__ import annotations

from commonweal.core.figure import Figure
from commonweal.core.queries.linking import HIDDEN, LinkView
from commonweal.present.provenance import citation, quality_sentence
from commonweal.present.table import DataTable, Missing, number_column, text_column

FEW = Missing("hidden")


def linked_table(found: LinkView) -> DataTable | None:
    """The four counts, each with of whom it is; nothing where there are none."""
    people = found.people
    if people is None:
        return None
    four = (people.giver, people.taker, people.both, people.either)
    rows = tuple((one.base[:1].upper() + one.base[1:], FEW if one.value is None else one.value) for one in four)
    first = people.both
    hidden = (f"{HIDDEN}.",) if any(one.value is None for one in four) else ()
    return DataTable(
        f"People on the two lists, {first.period}", (text_column("Who"), number_column("People")), rows,
        source=citation(first.source), key="linked",
        notes=(people.rule, *hidden, f"Method: {first.method}.", f"How far to trust it: "
               f"{quality_sentence(first.quality)}."),
    )


def linked_sentence(found: LinkView) -> str:
    """What the counts say, to be read aloud."""
    people = found.people
    if people is None:
        return ""
    if people.both.value is None or people.either.value is None:
        return "How many are on both lists is not shown: too few may be behind it."
    return (f"Together the two lists are of about {_said(people.either)} people; about {_said(people.both)} of "
            "them are on both.")


def _said(figure: Figure) -> str:
    return f"{figure.value:,.0f}"
