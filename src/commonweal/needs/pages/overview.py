"""The front of an assessment: the answer, what stands out, the map."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core.figure import Figure
from commonweal.needs.assessment import Assessment, Finding
from commonweal.needs.pages.links import Addresses
from commonweal.needs.pages.loading import store_of
from commonweal.needs.pictures import area_map
from commonweal.needs.wording import in_sentence
from commonweal.present.chart import Chart
from commonweal.present.table import DataTable, number_column, text_column


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure with the words that say what it counts."""

    figure: Figure
    label: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its figures labelled and its way further."""

    headline: str
    name: str
    figures: tuple[Labelled, ...]
    href: str


def where_and_when(figure: Figure) -> Labelled:
    """A figure labelled by its place and period, as where several stand together."""
    return Labelled(figure, f"{figure.place.name}, {figure.period}")


def finding_views(assessment: Assessment, code: str) -> tuple[FindingView, ...]:
    """The findings in order."""
    to = Addresses(code)
    names = {one.card: in_sentence(one.name) for theme in assessment.themes for one in theme.measures}
    return tuple(_finding(one, names.get(one.card, ""), to) for one in assessment.findings)


def _finding(finding: Finding, name: str, to: Addresses) -> FindingView:
    href = to.measure(finding.card) if name else to.page("areas")
    figures = tuple(where_and_when(figure) for figure in finding.figures)
    return FindingView(finding.headline, name or "small areas", figures, href)


def first_figures(assessment: Assessment) -> tuple[Labelled, ...]:
    """How many people, and of how many small areas."""
    return (Labelled(assessment.population, f"live here, {assessment.population.period}"),)


def rule_table(assessment: Assessment) -> DataTable:
    """The marks by which each finding was chosen."""
    columns = (
        text_column("Finding"), *(number_column(name, decimals=2) for name in (
            "Distance", "Certainty", "Size", "Trend", "Together")),
    )
    rows = tuple(
        (one.headline, one.distance, one.certainty, one.size, one.trend, one.score) for one in assessment.findings
    )
    return DataTable("Marks of each finding, from 0 to 1", columns, rows, key="findings")


def overview_map(assessment: Assessment, code: str, *, with_sites: bool = False) -> Chart | None:
    """The map, each small area leading to its page."""
    pattern = Addresses(code).area("CODE").replace("CODE", "{code}")
    return area_map(store_of(assessment), assessment, href=pattern, with_sites=with_sites)
