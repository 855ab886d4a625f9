"""A survey of 20,000 rows: columns guessed, answers taken, weighted, read, pooled; the seconds of each part."""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

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
        took = measured(Path(folder))
    for key, seconds in took.items():
        print(f"survey_20000_rows_{key}_seconds {seconds:.2f} - -")
    raise SystemExit(took["all"] > PROMISED)


def measured(folder: Path) -> dict[str, float]:
    """Seconds for each part; the example's store is filled beforehand."""
    import numpy as np

    from commonweal.example.geography import land
    from commonweal.example.store import build_store
    from commonweal.example.survey import survey_rows
    from commonweal.lake.opening.model import Sheet
    from commonweal.lake.store import Store
    from commonweal.lake.surveys.proposing import propose
    from commonweal.lake.surveys.reading import read_answers
    from commonweal.lake.surveys.words import Use
    from commonweal.methods.meta import pooled_shares
    from commonweal.needs.personal_text import personal_in
    from commonweal.needs.queries.assessments import scope_of
    from commonweal.needs.queries.evidence import evidence
    from commonweal.needs.queries.survey_population import Land, area_finder
    from commonweal.needs.queries.survey_results import question_results
    from commonweal.needs.queries.survey_weights import weigh

    store = Store(folder / "lake" / "example")
    build_store(store)
    held = evidence(store)
    place = Land(held, scope_of(held, land().main.code))
    sheet = Sheet("survey", survey_rows(np.random.default_rng(1), ROWS), 2)
    marks = [time.perf_counter()]
    uses = {one.name: one.use for one in propose(sheet)}
    marks.append(time.perf_counter())
    answers = read_answers(sheet, uses, area_of=area_finder(place), personal=personal_in)
    marks.append(time.perf_counter())
    weighted = weigh(answers.table, place)
    marks.append(time.perf_counter())
    found = question_results(answers.table, answers.questions, weighted.weights, weighted.groups[Use.AGE])
    marks.append(time.perf_counter())
    for option in (option for one in found for option in one.options if option.weighted):
        pooled_shares([option.weighted.value] * SURVEYS, [option.weighted.effective] * SURVEYS)
    marks.append(time.perf_counter())
    parts = dict(zip(("map", "take", "weigh", "read", "pool"), np.diff(marks).tolist(), strict=True))
    return {**parts, "all": marks[-1] - marks[0]}


if __name__ == "__main__":
    main()
