"""How the receipt of an export of visits is set out."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.lake.visits.report import KEPT_OUT, Finding, IntakeReport
from commonweal.needs.content import read
from commonweal.needs.queries.visits import Receipt
from commonweal.needs.queries.visits_across import Across
from commonweal.needs.wording import fill
from commonweal.present.period_words import said as period
from commonweal.present.table import DataTable, number_column, text_column
from commonweal.present.wording import listed


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The receipt of a file that was read."""

    answer: str
    said: tuple[str, ...]
    troubles: DataTable | None
    columns: DataTable


def receipt_view(receipt: Receipt) -> ReceiptView | None:
    """Everything the receipt shows; nothing before the file is read."""
    report = receipt.report
    if report is None:
        return None
    words = read("visits")["words"]
    answer = words["kept_in"].format(
        kept=report.kept, rows=report.rows, visits=report.visits, months=_span(report.months)
    )
    known, placed = _share(report.known_member_visits, report), _share(report.placed_visits, report)
    said = [words["people"].format(known=known, new=report.new_members)]
    if report.postcodes or report.placed_visits:
        said.append(words["homes"].format(
            placed=placed, matched=report.postcodes_matched, postcodes=report.postcodes))
    said += report.remarks or (() if report.findings else (words["whole"],))
    return ReceiptView(answer, tuple(said), _troubles(report), _columns(receipt, report))


def across_says(found: Across | None) -> str:
    """People of several systems together, as bounds; empty where there are not several."""
    if found is None:
        return ""
    least, most = (f"{value:,.0f}" for value in (found.people.least, found.people.most))
    words, said = read("visits")["words"], {"least": least, "most": most, "systems": listed(found.systems)}
    if found.linked:
        return fill(words["across_linked"], year=found.label, agreement=found.linked.title,
                    both=f"{found.linked.both:,}", **said)
    return fill(words["across"], year=found.label, **said)


def meanings() -> list[tuple[str, str]]:
    """What a column can be said to be."""
    return [("", "Leave it out"), *((one["key"], one["words"]) for one in read("visits")["meanings"])]


def _troubles(report: IntakeReport) -> DataTable | None:
    if not report.findings:
        return None
    columns = (text_column("What was wrong"), number_column("Rows"), text_column("In"), text_column("Kept out?"),
               text_column("What it does to the answer"), text_column("For example, rows"))
    rows = tuple(
        (one.trouble.value.capitalize(), one.rows, _part(one, report), "yes" if one.trouble in KEPT_OUT else "no",
         one.effect, ", ".join(f"{row:,}" for row in one.examples[:5]))
        for one in sorted(report.findings, key=lambda one: -one.rows)
    )
    return DataTable("What was wrong, and what that does", columns, rows, key="troubles")


def _part(one: Finding, report: IntakeReport) -> str:
    where = f"{one.column}, " if one.column else ""
    return f"{where}{one.rows / report.rows:.1%} of rows" if report.rows else where


def _columns(receipt: Receipt, report: IntakeReport) -> DataTable:
    content = read("visits")
    known = {one["key"]: one for one in content["meanings"]}
    named = {header for header, _, _ in receipt.columns}
    rows = [
        (header, known[meaning]["words"] if meaning else "Left out",
         known[meaning]["becomes"] if meaning else content["words"]["never" if never else "unread"])
        for header, meaning, never in receipt.columns
    ]
    rows += [(header, "Left out", content["words"]["unread"])
             for header in report.columns_dropped if header not in named]
    columns = (text_column("Column"), text_column("What it is"), text_column("What became of it"))
    return DataTable("Every column of the file", columns, tuple(rows), key="columns")


def _share(visits: int, report: IntakeReport) -> str:
    return f"{visits / report.visits:.1%}" if report.visits else "none"


def _span(months: tuple[str, ...]) -> str:
    said = [period(one) for one in months]
    return said[0] if len(said) == 1 else f"{said[0]} to {said[-1]} ({len(said)} months)"
