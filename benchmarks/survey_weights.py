"""A survey file of 20,000 rows, CSV and Excel: opened, mapped, taken, weighted, read, pooled; seconds of each."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    import pyarrow as pa

    from commonweal.lake.opening.model import Sheet
    from commonweal.needs.queries.survey_population import Land

ROWS = 20_000
SURVEYS = 6  # pooled with the one that is read
PROMISED = 10.0


def main() -> None:
    """Print the seconds of each part and of all; exits with 1 above what is promised."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    with TemporaryDirectory() as folder:
        os.environ["COMMONWEAL_VAR"] = folder
        import django

        django.setup()
        slow = [ending for ending in (".csv", ".xlsx") if told(Path(folder), ending) > PROMISED]
    raise SystemExit(bool(slow))


def told(folder: Path, ending: str) -> float:
    """Print the seconds of each part for one kind of file; gives those of all."""
    took = measured(folder, ending)
    for key, seconds in took.items():
        print(f"survey_20000_rows_{ending[1:]}_{key}_seconds {seconds:.2f} - -")
    return took["all"]


def measured(folder: Path, ending: str) -> dict[str, float]:
    """Seconds for each part, from the bytes sent; the example's store is filled beforehand.

    As in the product, the file is opened twice: to ask what its columns are, and to take the answers.
    """
    import numpy as np

    from commonweal.core.quarantine import Quarantine
    from commonweal.example.survey import survey_rows
    from commonweal.lake.surveys.proposing import propose
    from commonweal.needs.survey_reading import sheet_of

    place, data = land_beside(folder), file_of(survey_rows(np.random.default_rng(1), ROWS), ending)
    kept, upload = Quarantine(folder), uuid4()
    marks, busy = [time.perf_counter()], processor()
    kept.take_in(upload, [data], limit=len(data))
    with kept.opened(upload, f"survey{ending}") as path:
        sheet = sheet_of(path)
    marks.append(time.perf_counter())
    uses = {one.name: one.use for one in propose(sheet)}
    marks.append(time.perf_counter())
    with kept.opened(upload, f"survey{ending}") as path:
        sheet = sheet_of(path)
    marks.append(time.perf_counter())
    marks += answered(sheet, uses, place)
    parts = dict(zip(PARTS, np.diff(marks).tolist(), strict=True))
    return {**parts, "processor": processor() - busy, "all": marks[-1] - marks[0]}


def processor() -> float:
    """Processor seconds so far, those of ended child processes too: the file is opened in one."""
    return sum(os.times()[:4])


PARTS = ("open", "map", "open_again", "take", "weigh", "read", "pool")


def answered(sheet: Sheet, uses: dict[str, str], place: Land) -> list[float]:
    """The instants at which the answers were taken, weighted, read and pooled with those of other surveys."""
    from commonweal.lake.surveys.reading import read_answers
    from commonweal.lake.surveys.words import Use
    from commonweal.methods.meta import pooled_shares
    from commonweal.needs.personal_text import personal_in
    from commonweal.needs.queries.survey_population import area_finder
    from commonweal.needs.queries.survey_results import question_results
    from commonweal.needs.queries.survey_weights import weigh

    answers = read_answers(sheet, uses, area_of=area_finder(place), personal=personal_in)
    assert answers.table.num_rows == ROWS
    marks = [time.perf_counter()]
    weighted = weigh(answers.table, place)
    marks.append(time.perf_counter())
    found = question_results(answers.table, answers.questions, weighted.weights, weighted.groups[Use.AGE])
    marks.append(time.perf_counter())
    for option in (option for one in found for option in one.options if option.weighted):
        pooled_shares([option.weighted.value] * SURVEYS, [option.weighted.effective] * SURVEYS)
    return [*marks, time.perf_counter()]


def land_beside(folder: Path) -> Land:
    """The example's place with its published data."""
    from commonweal.example.geography import land
    from commonweal.example.store import build_store
    from commonweal.lake.store import Store
    from commonweal.needs.queries.assessments import scope_of
    from commonweal.needs.queries.evidence import evidence
    from commonweal.needs.queries.survey_population import Land

    store = Store(folder / "lake" / "example")
    if not store.exists:
        build_store(store)
    held = evidence(store)
    return Land(held, scope_of(held, land().main.code))


def file_of(rows: pa.Table, ending: str) -> bytes:
    """The rows as the bytes of a CSV or an Excel file."""
    import openpyxl
    import pyarrow.csv as arrow_csv

    kept = io.BytesIO()
    if ending == ".csv":
        arrow_csv.write_csv(rows, kept)
    else:
        book = openpyxl.Workbook(write_only=True)
        page = book.create_sheet("Answers")
        page.append(rows.column_names)
        for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            page.append(row)
        book.save(kept)
    return kept.getvalue()


if __name__ == "__main__":
    main()
