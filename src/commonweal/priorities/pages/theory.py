"""How a theory of change is set out: the picture with its table."""

from __future__ import annotations

from commonweal.present.chart import Chart, Message
from commonweal.present.charts import ChainLink, chain
from commonweal.present.table import DataTable, text_column
from commonweal.priorities.queries.theory import Theory


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


def theory_chart(theory: Theory) -> Chart | None:
    """The steps from what is done, above, to what is different, below."""
    if not theory.steps:
        return None
    at = {one.id: number for number, one in enumerate(theory.steps)}
    weakest = {one.id for one in theory.weakest}
    links = tuple(ChainLink(at[one.before.id], at[one.after.id], str(one.reached.level), one.id in weakest)
                  for one in theory.links)
    sentence = f"{theory.answer} Numbers run from 0, nothing held, to 5, works in many places."
    message = Message("From what is done to what is different", sentence)
    return chain(message, tuple(one.title for one in theory.steps), links, theory_table(theory))
