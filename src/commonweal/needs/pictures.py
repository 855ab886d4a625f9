"""The charts and maps of an assessment, for its pages and its documents alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from commonweal.core.figure import Figure
from commonweal.needs.assessment import Assessment, Measure, PeopleTable, SmallArea
from commonweal.present import charts
from commonweal.present.chart import Chart, Message
from commonweal.present.maps import AreaShape, Outline, Site, choropleth, decile_scale
from commonweal.present.provenance import citation
from commonweal.present.series import AgeBand, Line, Point, Role


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a map of a place is drawn over: outlines (WKB) of small areas, wards and the whole, and places people go."""

    areas: Mapping[str, bytes]
    wards: tuple[tuple[str, bytes], ...] = ()
    whole: tuple[tuple[str, bytes], ...] = ()
    sites: tuple[tuple[str, str, float, float], ...] = ()  # name, kind in words, longitude, latitude


def comparison_chart(measure: Measure) -> Chart | None:
    """The place beside its comparators, or nothing where there is nothing to set it beside."""
    points = [Point.of(measure.figure.place.name, measure.figure, Role.PLACE)]
    for one in measure.comparisons:
        role = Role.ENGLAND if one.figure.place.kind == "country" else Role.COMPARATOR
        points.append(Point.of(one.label, one.figure, role))
    if len([point for point in points if point.value is not None]) < 2:
        return None
    first = next((one.sentence for one in measure.comparisons if one.sentence), measure.sentence)
    message = Message(title=measure.name, sentence=first, source=citation(measure.figure.source))
    return charts.comparison(message, tuple(points), unit=measure.figure.unit, decimals=measure.figure.decimals)


def trend_chart(measure: Measure) -> Chart | None:
    """The place over time, beside England where England's years are known."""
    if measure.trend is None or len(measure.trend.figures) < 2:
        return None
    points = tuple(Point.of(figure.period, figure, Role.PLACE) for figure in measure.trend.figures)
    message = Message(
        title=f"{measure.name} over time", sentence=measure.trend.sentence, source=citation(measure.figure.source)
    )
    line = Line(measure.figure.place.name, points, Role.PLACE)
    return charts.trend(message, (line,), unit=measure.figure.unit, decimals=measure.figure.decimals)


def age_chart(table: PeopleTable) -> Chart:
    """Shares of people by age, the comparator as an outline."""
    def share(figure: Figure | None) -> float | None:
        return figure.value if figure else None

    bands = tuple(
        AgeBand(row.group, row.share.value or 0.0, share(row.comparator), _whole(row.count)) for row in table.rows
    )
    first = table.rows[0].count
    message = Message(title=table.title, sentence=table.sentence, source=citation(first.source))
    return charts.age_structure(message, bands, place=first.place.name)


def _whole(figure: Figure) -> int | None:
    return None if figure.value is None else round(figure.value)


def _nowhere(_area: SmallArea) -> str:
    return ""


def need_map(
    assessment: Assessment, shapes: Shapes, *, href: Callable[[SmallArea], str] = _nowhere, with_sites: bool = False
) -> Chart | None:
    """Small areas shaded by their tenth of need, darkest where need is greatest."""
    drawn = [area for area in assessment.small_areas if area.place.code in shapes.areas]
    if not drawn:
        return None
    areas = tuple(
        AreaShape(
            code=area.place.code, name=area.label or area.place.name, geometry=shapes.areas[area.place.code],
            value=area.need_decile.value, text=_in_words(area), href=href(area),
        )
        for area in drawn
    )
    outlines = tuple(Outline(name, shape) for name, shape in shapes.wards)
    outlines += tuple(Outline(name, shape, label=False, strong=True) for name, shape in shapes.whole)
    sites = tuple(Site(name, kind, lon, lat) for name, kind, lon, lat in shapes.sites) if with_sites else ()
    message = Message(
        title=f"Where need comes together in {assessment.place.name}", sentence=assessment.small_area_sentence,
        source=citation(drawn[0].need_decile.source),
    )
    return choropleth(message, areas, scale=decile_scale(), outlines=outlines, sites=sites)


def _in_words(area: SmallArea) -> str:
    """The area's tenth, and the band other methods would give it: never a rank without its uncertainty."""
    if area.need_decile.value is None:
        return area.need_decile.missing
    own = f"tenth {area.need_decile.value:.0f} of 10"
    if area.decile_low == area.decile_high:
        return own
    return f"{own} (between {area.decile_low} and {area.decile_high} by other methods)"
