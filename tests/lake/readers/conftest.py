"""Fixtures for tests of readers: published files opened once, and small files made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest

from commonweal.lake.opening import Opened, open_file
from commonweal.lake.recognise import claimants, load_readers


@pytest.fixture(scope="session")
def open_published(published: Path) -> Callable[[str], Opened]:
    """Open a published file by its path below the folder; the last few stay open."""

    @lru_cache(maxsize=6)
    def one(path: str) -> Opened:
        (opened,) = open_file(published / path)
        return opened

    return one


@pytest.fixture(scope="session")
def claimed() -> Callable[[Opened], list[str]]:
    """The data sets whose readers, of all there are, say a file is theirs."""
    load_readers()
    return lambda opened: [reader.dataset for reader in claimants(opened)]


@pytest.fixture
def made_csv(tmp_path: Path) -> Callable[..., Opened]:
    """Open a file made of rows of cells, or of text as it stands."""

    def one(rows: str | Sequence[Sequence[object]], name: str = "made.csv") -> Opened:
        text = rows if isinstance(rows, str) else "\n".join(",".join(map(_quoted, row)) for row in rows) + "\n"
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (opened,) = open_file(path)
        return opened

    return one


@pytest.fixture
def made_workbook(tmp_path: Path) -> Callable[..., Opened]:
    """Open a workbook made of sheets of rows."""

    def one(sheets: dict[str, Sequence[Sequence[object]]], name: str = "made.xlsx") -> Opened:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(tmp_path / name)
        (opened,) = open_file(tmp_path / name)
        return opened

    return one


def _quoted(cell: object) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n') else text
