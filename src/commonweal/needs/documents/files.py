"""Writes an assessment's files: Word, PDF, workbook and JSON, each whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path

from commonweal.lake.store import Store
from commonweal.lake.whole_file import SHARED, write_whole
from commonweal.needs.assessment import Assessment
from commonweal.needs.documents.chapter import chapter
from commonweal.needs.documents.evidence_page import evidence_page
from commonweal.needs.documents.workbook import workbook
from commonweal.needs.replay import assessment_json
from commonweal.present.paper import on_paper
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx
from commonweal.present.workbook import render_workbook


class Form(StrEnum):
    """The files an assessment can be had as."""

    WORD = "docx"
    PDF = "pdf"
    WORKBOOK = "xlsx"
    JSON = "json"


ALL = tuple(Form)
TOGETHER = 2  # forms made at the same time


def write_files(
    made: Assessment, folder: Path, *, store: Store | None = None, forms: tuple[Form, ...] = ALL,
    evidence: bool = False,
) -> tuple[Path, ...]:
    """Write the chosen forms of an assessment into a folder and say where; OSError where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    name = file_name(made.place.name)
    with on_paper():
        whole = chapter(made, store) if {Form.WORD, Form.PDF} & set(forms) else None
    makers: dict[Form, Callable[[], bytes]] = {
        Form.JSON: lambda: assessment_json(made).encode(),
        Form.WORKBOOK: lambda: render_workbook(workbook(made)),
    }
    if whole is not None:
        makers |= {Form.WORD: lambda: render_docx(whole), Form.PDF: lambda: render_pdf(whole)}
    with ThreadPoolExecutor(TOGETHER) as threads:  # what draws pages and pictures lets go of Python's lock
        contents = tuple(threads.map(lambda form: makers[form](), forms))
    written = [_write(folder / f"{name}.{form}", content) for form, content in zip(forms, contents, strict=True)]
    if evidence:
        page = evidence_page(made)
        written.append(_write(folder / f"{name}-evidence.docx", render_docx(page)))
        written.append(_write(folder / f"{name}-evidence.pdf", render_pdf(page)))
    return tuple(written)


def file_name(place: str) -> str:
    """A place's name as files are called: "St. Helens" is st-helens."""
    plain = unicodedata.normalize("NFKD", place).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold().replace("'", "")).strip("-")[:80] or "place"


def _write(path: Path, content: bytes) -> Path:
    return write_whole(path, content, mode=SHARED)
