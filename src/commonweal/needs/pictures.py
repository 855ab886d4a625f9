"""The charts and maps of an assessment, the same for pages and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import shapely

from commonweal.core.figure import Figure, Unit
from commonweal.lake.store import Store
from commonweal.needs.assessment import Assessment, Measure, SmallArea
from commonweal.needs.content import read
from commonweal.needs.wording import say, sentence
from commonweal.present import charts, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.maps import AreaShape, Outline, Site, choropleth, decile_scale
from commonweal.present.maps.model import Scale
from commonweal.present.maps.shapes import surface
from commonweal.present.provenance import short_citation
from commonweal.present.series import AgeBand, Contribution, Line, Point, Role

LABELLED = 40  # wards are named on the map where there are no more


def comparison_chart(measure: Measure) -> Chart | None:
    """The place beside England, its region and places like it; nothing where there is no figure."""
    if measure.figure.value is None or not measure.comparisons:
        return None
    points = [Point.of(measure.figure.place.name, measure.figure, Role.PLACE)]
    points += [
        Point.of(_capital(each.label), each.figure, Role.ENGLAND if each is measure.england else Role.COMPARATOR)
        for each in measure.comparisons
    ]
    message = Message(_title(measure), _read(measure), source=_source(measure.figure))
    return charts.comparison(message, tuple(points), unit=measure.figure.unit, decimals=measure.figure.decimals)


def peers_chart(measure: Measure) -> Chart | None:
    """The place among its statistical neighbours, England marked."""
    if measure.figure.value is None or len(measure.peers) < 5:
        return None
    points = [Point.of(measure.figure.place.name, measure.figure, Role.PLACE)]
    points += [Point(name, value) for name, value in measure.peers]
    if measure.england is not None:
        points.append(Point.of(measure.england.label, measure.england.figure, Role.ENGLAND))
    message = Message(
        say("picture.peers", name=measure.name, place=measure.figure.place.name), _spread(measure),
        source=_source(measure.figure),
    )
    return charts.peers(message, tuple(points), unit=measure.figure.unit, decimals=measure.figure.decimals)


def trend_chart(measure: Measure) -> Chart | None:
    """The place over time beside England; nothing where there are fewer than three figures."""
    trend = measure.trend
    if trend is None or sum(figure.value is not None for figure in trend.figures) < 3:
        return None
    lines = [Line(measure.figure.place.name, _points(trend.figures, Role.PLACE), Role.PLACE)]
    if trend.england:
        lines.append(Line(trend.england[0].place.name, _points(trend.england, Role.ENGLAND), Role.ENGLAND))
    message = Message(_title(measure), trend.sentence, source=_source(measure.figure))
    return charts.trend(message, tuple(lines), unit=measure.figure.unit, decimals=measure.figure.decimals)


def finding_chart(measure: Measure) -> Chart | None:
    """The picture that says most: over time where that is known, else beside others."""
    return trend_chart(measure) or comparison_chart(measure)


def age_chart(made: Assessment) -> Chart | None:
    """Ages here and in England."""
    table = next((table for table in made.people if table.key == "ages"), None)
    if table is None or any(row.share.value is None for row in table.rows):
        return None
    bands = tuple(
        AgeBand(row.group, row.share.value or 0.0, row.comparator.value if row.comparator else None,
                round(row.count.value or 0))
        for row in table.rows
    )
    message = Message(
        say("picture.ages", place=made.place.name).replace("England", made.country), table.sentence,
        source=_source(table.rows[0].count),
    )
    return charts.age_structure(message, bands, names=(made.place.name, made.country))


def index_chart(made: Assessment, most: int = 8) -> Chart | None:
    """What the index of need is made of in the small areas where it is greatest."""
    areas = [area for area in made.small_areas if area.need.value is not None and area.parts][:most]
    if not areas:
        return None
    rows = [Contribution(area.label, weighed_parts(made, area), Role.PLACE) for area in areas]
    shared = {tuple(name for name, _ in row.parts) for row in rows}
    rows = [row for row in rows if tuple(name for name, _ in row.parts) == max(shared, key=len)]
    message = Message(say("picture.index", place=made.place.name), say("picture.index_sentence"),
                      source=_source(areas[0].need))
    return charts.contributions(message, tuple(rows))


def weighed_parts(made: Assessment, area: SmallArea) -> tuple[tuple[str, float], ...]:
    """What each domain adds to an area's score, by its title; together they are the score."""
    weights, titles = dict(made.weights), domain_titles()
    known = sum(weights.get(key, 0.0) for key, _ in area.parts) or 1.0
    return tuple((titles.get(key, key), score * weights.get(key, 0.0) / known) for key, score in area.parts)


def area_chart(made: Assessment, area: SmallArea) -> Chart | None:
    """What need is made of in one small area."""
    parts = weighed_parts(made, area)
    if area.need.value is None or not parts:
        return None
    most, _ = max(parts, key=lambda part: part[1])
    message = Message(
        say("picture.area_index", place=area.label),
        say("picture.area_index_sentence", part=most[:1].lower() + most[1:]), source=_source(area.need),
    )
    return charts.contributions(message, (Contribution(area.label, parts, Role.PLACE),))


def area_map(store: Store, made: Assessment, *, href: str = "", with_sites: bool = True) -> Chart | None:
    """Small areas shaded by the index of need, with wards or districts outlined and places people go.

    `href` is a pattern such as "#{code}"; the code of each small area is put in it.
    """
    shapes = _shapes(store, [area.place.code for area in made.small_areas])
    drawn = [area for area in made.small_areas if area.place.code in shapes]
    if not drawn:
        return None
    areas = tuple(
        AreaShape(
            area.place.code, area.label, shapes[area.place.code], area.need_decile.value, _in_words(area),
            href.replace("{code}", area.place.code) if href else "",
        )
        for area in drawn
    )
    sites = tuple(
        Site(name, say(f"picture.site.{one.kind}"), lon, lat)
        for one in made.provision for name, lon, lat in one.sites
    ) if with_sites else ()
    message = Message(map_title(made), made.small_area_sentence,
                      source=_source(drawn[0].need))
    scale = decile_scale(say("picture.scale").replace("England", made.country))
    return choropleth(message, areas, scale=scale, outlines=_outlines(made, drawn, shapes), sites=sites)


def map_title(made: Assessment) -> str:
    """What the map of need is called."""
    return say("picture.map_drawn" if made.place.kind == "drawn" else "picture.map", place=made.place.name)


def shaded_map(
    store: Store, made: Assessment, message: Message, *, values: Mapping[str, tuple[float | None, str]],
    scale: Scale, sites: tuple[Site, ...] = (), href: str = "",
) -> Chart | None:
    """Small areas shaded by any value: `values` gives each code its number and its words."""
    shapes = _shapes(store, [area.place.code for area in made.small_areas])
    drawn = [area for area in made.small_areas if area.place.code in shapes and area.place.code in values]
    if not drawn:
        return None
    areas = tuple(
        AreaShape(area.place.code, area.label, shapes[area.place.code], *values[area.place.code],
                  href.replace("{code}", area.place.code) if href else "")
        for area in drawn
    )
    return choropleth(message, areas, scale=scale, outlines=_outlines(made, drawn, shapes), sites=sites)


def _shapes(store: Store, codes: list[str]) -> dict[str, bytes]:
    """The boundary of each small area."""
    wanted: dict[str, list[str] | list[int]] = {"kind": ["lsoa"], "vintage": [2021], "code": codes}
    found = store.read("boundaries", ("code", "geometry"), wanted)
    return dict(zip(found["code"].to_pylist(), found["geometry"].to_pylist(), strict=True))


def _outlines(made: Assessment, drawn: list[SmallArea], shapes: dict[str, bytes]) -> tuple[Outline, ...]:
    """Wards, or districts where the place is several, and the edge of the whole."""
    groups: dict[str, list[bytes]] = defaultdict(list)
    for area in drawn:
        groups[area.part].append(shapes[area.place.code])
    inner = [
        Outline(name, _joined(group), label=bool(name) and len(groups) <= LABELLED)
        for name, group in sorted(groups.items()) if name and len(groups) > 1
    ]
    everything = _joined([shapes[area.place.code] for area in drawn])
    return (*inner, Outline(made.place.name, everything, label=False, strong=True))


def _joined(geometries: list[bytes]) -> bytes:
    shapes = shapely.make_valid(shapely.from_wkb(geometries))
    joined: bytes = shapely.to_wkb(surface(shapely.union_all(shapes)))
    return joined


def _in_words(area: SmallArea) -> str:
    if area.need_decile.value is None:
        return area.need_decile.missing
    need = wording.written(area.need_decile.value, Unit.DECILE)
    if area.decile_low == area.decile_high:
        return need
    return say("picture.area", need=need, low=area.decile_low, high=area.decile_high)


def domain_titles() -> dict[str, str]:
    """The title of each domain by its key."""
    return {row["key"]: row["title"] for row in read("index")["domains"]}


def _points(figures: tuple[Figure, ...], role: Role) -> tuple[Point, ...]:
    return tuple(Point.of(figure.period, figure, role) for figure in figures)


def _title(measure: Measure) -> str:
    return say("picture.title", name=measure.name, place=measure.figure.place.name)


def _read(measure: Measure) -> str:
    """The figure and how it stands beside England; what it is a figure of stands above the picture."""
    if measure.england is None or measure.figure.value is None:
        return measure.sentence
    beside = measure.england.sentence
    named = beside.startswith(measure.england.label)
    return sentence(say("picture.beside", value=wording.spoken(measure.figure),
                        comparison=beside if named else beside[:1].lower() + beside[1:]))


def _spread(measure: Measure) -> str:
    """How far apart the neighbours are."""
    def shown(value: float) -> str:
        return wording.written(value, measure.figure.unit, measure.figure.decimals)

    (low, least), (high, most) = (pick(measure.peers, key=lambda each: each[1]) for pick in (min, max))
    return say(
        "picture.peers_sentence", n=len(measure.peers), low=low, least=shown(least), high=high, most=shown(most)
    )


def _source(figure: Figure) -> str:
    return short_citation(figure.source)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
