"""Small tables that people paste or bring as CSV: rows of cells, each fault told by its row and what to do."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation

from commonweal.core.errors import Refused

MOST_ROWS = 2_000
CENT = Decimal("0.01")
TOO_MUCH = Decimal(10) ** 10
BLANKS = 10  # lines a row: a table has some blank ones, a file made to do harm millions
LONGEST = 10_000
TOO_LONG = "A cell is longer than 10,000 letters. Look for a quotation mark that is never closed."


def rows_of(text: str, *, most: int = MOST_ROWS) -> list[list[str]]:
    """Rows that hold anything, cells stripped; commas, semicolons or tabs between. Refused where none is.

    A field over 10,000 letters or more rows than `most` are refused: it is not such a table. No more of it is read
    than shows that.
    """
    text = text.replace("\x00", "").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = text.splitlines()[0] if text.strip() else ""
    mark = max(",;\t", key=head.count)
    rows: list[list[str]] = []
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark)):
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows.append(cells)
            if len(rows) > most or at > BLANKS * most:
                raise Refused(f"It has more than {most:,} rows, the most here.")
            if any(len(cell) > LONGEST for cell in cells):
                raise Refused(TOO_LONG)
    except csv.Error as error:  # text that ends its lines plainly has only this left to trip over
        raise Refused(TOO_LONG) from error
    if not rows:
        raise Refused("There is no row in it. Paste a heading row, then one row for each.")
    return rows


def number(cell: str, *, row: int, what: str, above: bool = False) -> Decimal:
    """A number of 0 or more, as people write it; Refused with its row where it is none."""
    plain = cell.replace("£", "").replace(",", "").replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused(
            f"Row {row}: {what} is {cell[:30]!r}, which is no number. Write figures such as 12000."
        ) from None
    held = value.quantize(CENT) if value.is_finite() and abs(value) < TOO_MUCH else TOO_MUCH
    if held < (CENT if above else 0) or held >= TOO_MUCH:
        least = "0.01 or more" if above else "0 or more"
        raise Refused(f"Row {row}: {what} is {cell[:30]}. It must be {least} and under 10,000 million.")
    return held


def written(value: float) -> str:
    """A number as a cell says it, so that `number` reads the same again: to the cent, nothing rounded off."""
    return f"{value:.2f}".removesuffix(".00")
