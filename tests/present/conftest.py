"""Figures, sources and a whole document for the tests of how things are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, SourceRef, Unit
from commonweal.present import picture_cache
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import comparison
from commonweal.present.document import (
    BulletList,
    Callout,
    Cite,
    Document,
    Emphasis,
    FigureBlock,
    Heading,
    Link,
    NumberedFinding,
    PageBreak,
    Paragraph,
    Status,
    Strong,
    SummaryBlock,
    TableBlock,
)
from commonweal.present.series import Point, Role
from commonweal.present.table import DataTable, Missing, number_column, text_column

ACTIVE = SourceRef(
    "active-2026", "Physically inactive adults", "A publisher", "Open Government Licence v3.0", "2026-03",
    "https://example.org/active", "Contains survey data", "March 2026",
)
INDICES = SourceRef("indices-2025", "Indices", "A ministry", "Open Government Licence v3.0", "2025-10")
PLACE = PlaceRef("district", "E07000000", "Somewhere", 2023)


@pytest.fixture(autouse=True)
def _pictures_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(picture_cache, "_MEMORY", {})


@pytest.fixture(scope="session")
def make_figure() -> Callable[..., Figure]:
    """A figure with whatever a test wants different."""

    def make(value: float | None = 27.2, unit: Unit = Unit.PERCENT, **changed: Any) -> Figure:
        fields: dict[str, Any] = {
            "base": "adults aged 16 and over", "place": PLACE, "period": "Nov 2024 to Nov 2025", "source": ACTIVE,
            "method": "Share as published", "method_version": "1",
            "quality": Quality(Grade.B, ("a sample of 498 people", "less than a year old.")),
            "n": 498, "lower": 24.1, "upper": 30.5, "interval_method": "Wilson",
        }
        return Figure(value=value, unit=unit, **{**fields, **changed})

    return make


@pytest.fixture(scope="session")
def points() -> tuple[Point, ...]:
    return (
        Point("Somewhere", 27.2, Role.PLACE, 24.1, 30.5),
        Point("England", 21.9, Role.ENGLAND, 21.7, 22.1),
        Point("North", 23.4),
        Point("Nowhere", None, missing="not asked"),
    )


@pytest.fixture
def chart(points: tuple[Point, ...]) -> Chart:
    message = Message("More are inactive <here> & there", "27.2% against 21.9%.", source="A publisher, 2026")
    return comparison(message, points, unit=Unit.PERCENT)


@pytest.fixture(scope="session")
def table() -> DataTable:
    return DataTable(
        "Small areas",
        (text_column("Area"), number_column("People"), number_column("Inactive", Unit.PERCENT, 1)),
        (("North", 1500, 33.3), ("South", 12500, Missing("suppressed to protect people")), ("=SUM(A1)", 900, 8.0)),
        notes=("As published.",),
        source="A publisher",
        key="small-areas",
    )


@pytest.fixture
def document(make_figure: Callable[..., Figure], chart: Chart, table: DataTable) -> Document:
    return Document(
        title="What Somewhere needs",
        subtitle="A first assessment",
        status=Status.DRAFT,
        place="Somewhere",
        date=date(2026, 11, 22),
        made_by="Somewhere partnership",
        summary="Who is missing out, and how sure we can be.",
        sources=(INDICES, ACTIVE),
        annex=(Paragraph(("Exempt words.",)),),
        annex_title="Exempt appendix",
        blocks=(
            Heading("In one page"),
            Paragraph(("More adults are ", Strong("inactive"), " ", Cite("active-2026"), "."), lead=True),
            Paragraph((Emphasis("See"), " ", Link("the page", "https://example.org/a?b=1&c=2"))),
            Paragraph(("#set text(red)",)),
            SummaryBlock((("People", ("157,100",)), ("Asked", (Emphasis("Not asked"),)))),
            Heading("What stands out"),
            NumberedFinding(1, "One in four is inactive", ("That is more than in England.",), (make_figure(),)),
            NumberedFinding(2, "Libraries are few"),
            Callout("What this cannot tell you", ("Why <people> & places differ.",)),
            Heading("Themes", 2),
            Heading("Detail", 3),
            FigureBlock(chart, with_table=True),
            TableBlock(table),
            PageBreak(),
            BulletList((("One.",), ("Two.",))),
            BulletList((("First.",), ("Second.",)), numbered=True),
            BulletList((("Again first.",),), numbered=True),
        ),
    )
