"""How gaps and plans are set out: the answer in a sentence, and what each organisation gave."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.present.table import DataTable, number_column, text_column
from commonweal.procurement.models.support import PlanState
from commonweal.procurement.queries.support import Builder, Support


def support_answer(found: Support) -> str:
    """Could be read aloud in a meeting."""
    under_way = [one for one in found.plans if one.open]
    closed = [one for one in found.plans if one.state == PlanState.CLOSED]
    left = [one for one in found.gaps if not one.planned]
    if not (found.gaps or found.plans):
        return "No gap is known: no commission asks yet for what nobody here could do."
    parts = []
    if left:
        parts.append(f"{len(left)} gap{'s have' if len(left) > 1 else ' has'} no plan yet")
    if under_way:
        late = sum(one.late for one in under_way)
        parts.append(f"{len(under_way)} plan{'s are' if len(under_way) > 1 else ' is'} under way"
                     + (f", {late} past {'their' if late > 1 else 'its'} day" if late else ""))
    if closed:
        parts.append(f"{len(closed)} {'are' if len(closed) > 1 else 'is'} closed")
    return "; ".join(parts) + "." if parts else "Every gap that is known has ended."


def builders_table(builders: tuple[Builder, ...]) -> DataTable | None:
    """What each organisation gave to build up others."""
    if not builders:
        return None
    return DataTable(
        "What organisations gave to build up others",
        (text_column("Organisation"), number_column("Hours"), number_column("Pounds", Unit.POUNDS),
         number_column("Plans helped"), number_column("Gaps closed")),
        tuple((one.name, float(one.hours), float(one.pounds), one.plans, one.closed) for one in builders),
        notes=("Counted from what each organisation entered itself. Whom it helped is not shown.",),
        key="capacity-builders",
    )
