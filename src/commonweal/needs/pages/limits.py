"""How good each part of an assessment is, and by which methods it was made."""

from __future__ import annotations

from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.queries.invented import in_country
from commonweal.present.table import DataTable, text_column
from commonweal.present.wording import grade


def grades_table(assessment: Assessment) -> DataTable:
    """Grade and reasons, part by part."""
    columns = (text_column("Part"), text_column("Grade"), text_column("Why"))
    rows = tuple(
        (part, grade(quality.grade), " ".join(quality.reasons)) for part, quality in assessment.grades
    )
    return DataTable("Quality of each part, from A (can bear weight) to E", columns, rows, key="grades")


def method_lines(assessment: Assessment) -> tuple[str, ...]:
    """How the index of need is made."""
    about = read("index")
    return in_country((str(about["method"]), str(about["band"]), str(about["not_a_measure"])), assessment.country)
