"""Single tables of an assessment by the name they have in addresses."""

from __future__ import annotations

from commonweal.needs.assessment import Assessment
from commonweal.needs.pages.areas import areas_table
from commonweal.needs.pages.people import people_table
from commonweal.needs.pages.provision import key_of, provision_table
from commonweal.needs.pages.themes import measure_of
from commonweal.needs.pictures import comparison_chart, peers_chart, trend_chart
from commonweal.present.table import DataTable


def named_table(assessment: Assessment, name: str) -> DataTable | None:
    """The table of that name: areas, a characteristic, provision-KIND, compare-CARD or trend-CARD."""
    if name == "areas":
        return areas_table(assessment)
    what, _, rest = name.partition("-")
    if what in {"compare", "trend"}:
        return _of_measure(assessment, what, rest)
    if what == "provision":
        kinds = (one for one in assessment.provision if key_of(one) == rest)
        return next((provision_table(one) for one in kinds), None)
    return next((people_table(part) for part in assessment.people if part.key == name and part.rows), None)


def _of_measure(assessment: Assessment, what: str, card: str) -> DataTable | None:
    found = measure_of(assessment, card)
    if found is None:
        return None
    chart = trend_chart(found[1])
    if what == "compare":
        chart = peers_chart(found[1]) or comparison_chart(found[1])
    return chart.table if chart else None
