"""How a theory of change is set out: the picture with its table."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.present.chart import Chart, Message
from commonweal.present.charts import ChainLink, chain
from commonweal.present.table import DataTable, text_column
from commonweal.priorities.queries.theory import Theory, chains_of, left_over


def theory_table(theory: Theory) -> DataTable:
    """Each link with how far its evidence reaches and why."""
    rows = tuple(
        (one.before.title, one.after.title, f"{one.reached.level}: {one.reached.words}", one.why,
         " ".join(one.reached.reasons) or "Nobody has brought evidence for it.")
        for one in theory.links
    )
    names = ("What leads", "To what", "How far it is shown", "Why", "Rests on")
    columns = tuple(text_column(name) for name in names)
    return DataTable("Links and how far each is shown", columns, rows, key="theory-of-change")


@dataclass(frozen=True, slots=True)
class Chain:
    """One part of the theory as it is shown: the way to one outcome, or the whole."""

    title: str
    theory: Theory
    chart: Chart


def chains_shown(theory: Theory) -> tuple[Chain, ...]:
    """A picture for the way to each outcome, to be read on a telephone too; one where there is one way."""
    parts = chains_of(theory)
    if parts:
        rest = left_over(theory, tuple(one for _, one in parts))
        named = [*((head.title, one) for head, one in parts), *((("Not led to an outcome yet", rest),)
                                                               if rest.steps else ())]
        return tuple(Chain(title, one, theory_chart(one, title)) for title, one in named)
    if not theory.steps:
        return ()
    title = "From what is done to what is different"
    return (Chain(title, theory, theory_chart(theory, title)),)


def theory_chart(theory: Theory, title: str) -> Chart:
    """The steps from what is done, above, to what is different, below."""
    at = {one.id: number for number, one in enumerate(theory.steps)}
    weakest = {one.id for one in theory.weakest}
    links = tuple(ChainLink(at[one.before.id], at[one.after.id], str(one.reached.level), one.id in weakest)
                  for one in theory.links)
    sentence = f"{theory.weakest_words} Numbers run from 0, nothing held, to 5, works in many places."
    message = Message(title, sentence)
    return chain(message, tuple(one.title for one in theory.steps), links, theory_table(theory))
