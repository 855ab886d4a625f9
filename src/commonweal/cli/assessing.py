"""Making assessments from the command line: one place, or every district on two processes."""

from __future__ import annotations

import csv
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from commonweal.cli.frame import err, out, progress_shown
from commonweal.core.clock import today
from commonweal.lake.store import Store
from commonweal.needs.assessment import Assessment
from commonweal.needs.documents.files import ALL, Form, write_files
from commonweal.needs.queries.assessments import assess
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.need_index import Weights, WeightsWrong, checked_weights, need_index

PROCESSES = 2
AT_A_TIME = 12  # districts handed to a process together, so that progress is seen and memory stays flat


class UnknownForm(ValueError):
    """A kind of file that is not made."""


@dataclass(frozen=True, slots=True)
class Done:
    """How one district went: its headline, or what stood in the way."""

    code: str
    name: str
    seconds: float
    findings: int = 0
    headline: str = ""
    problem: str = ""


def forms_of(names: Sequence[str]) -> tuple[Form, ...]:
    """The files asked for; all of them where none is named."""
    known = {form.value for form in Form}
    wrong = [name for name in names if name.lower() not in known]
    if wrong:
        raise UnknownForm(f"There is no file of kind {', '.join(wrong)}: choose from {', '.join(sorted(known))}.")
    return tuple(Form(name.lower()) for name in names) or ALL


def weights_of(text: str) -> Weights | None:
    """Weights written as health=0.4,money=0.6; the usual ones where nothing is written."""
    if not text.strip():
        return None
    try:
        pairs = [part.split("=") for part in text.split(",")]
        return checked_weights({name.strip(): float(value) for name, value in pairs})
    except WeightsWrong:
        raise
    except ValueError as wrong:
        raise WeightsWrong(f"{text!r} is not weights: write them as health=0.4,money=0.6.") from wrong


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of a place, and where it goes."""

    target: Path
    forms: tuple[Form, ...] = ALL
    evidence: bool = False
    weights: Weights | None = None


def one(store: Store, place: str | list[str], wanted: Wanted) -> tuple[Assessment, tuple[Path, ...]]:
    """Assess one place, or several districts together, and write its files."""
    made = assess(store, place, weights=wanted.weights, today=today())
    files = write_files(made, wanted.target, store=store, forms=wanted.forms, evidence=wanted.evidence)
    return made, files


def all_districts(store: Store, wanted: Wanted) -> int:
    """Every district of England, with a summary beside the files; how many failed."""
    held, began = evidence(store), time.perf_counter()
    need_index(held, wanted.weights)  # worked out here once and kept, not by each process
    rows = [(code, held.geography.name(code)) for code in held.geography.districts]
    results = sorted(
        track(_in_parts(store.root, rows, wanted), total=len(rows), description="Assessing", console=err(),
              disable=not progress_shown(), transient=True),
        key=lambda done: done.name,
    )
    summary = _write_summary(wanted.target, results)
    failed = [done for done in results if done.problem]
    for done in failed:
        err().print(f"{done.name} ({done.code}): {done.problem}", markup=False, soft_wrap=True)
    seconds = time.perf_counter() - began
    said = f"{len(results) - len(failed)} of {len(results)} districts assessed in {seconds:.0f} seconds"
    out().print(f"{said}; summary in {summary}", markup=False, soft_wrap=True)
    return len(failed)


def _in_parts(root: Path, rows: list[tuple[str, str]], wanted: Wanted) -> Iterator[Done]:
    """Each district as it is done, whichever process did it."""
    parts = [rows[at : at + AT_A_TIME] for at in range(0, len(rows), AT_A_TIME)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        waiting = [pool.submit(part_of_districts, root, part, wanted) for part in parts]
        for finished in as_completed(waiting):
            yield from finished.result()


def part_of_districts(root: Path, rows: list[tuple[str, str]], wanted: Wanted) -> list[Done]:
    """A few districts in this process, sharing what is read once."""
    store = Store(root)
    return [_one_of_all(store, code, name, wanted) for code, name in rows]


def _one_of_all(store: Store, code: str, name: str, wanted: Wanted) -> Done:
    began = time.perf_counter()
    try:
        made, _ = one(store, code, wanted)
    except Exception as error:  # one district that fails must not stop the others, and is named
        return Done(code, name, time.perf_counter() - began, problem=f"{type(error).__name__}: {error}")
    return Done(code, name, time.perf_counter() - began, len(made.findings), made.headline)


def _write_summary(target: Path, results: Sequence[Done]) -> Path:
    path = target / "summary.csv"
    target.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", "findings", "headline", "problem", "seconds"])
        for done in results:
            took = f"{done.seconds:.2f}"
            writer.writerow([done.code, done.name, done.findings, done.headline, done.problem, took])
    return path
