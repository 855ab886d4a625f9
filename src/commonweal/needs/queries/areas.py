"""The small areas of a place: the index of need with its band, deprivation, people, and a sentence about them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, SourceRef, Unit
from commonweal.needs.assessment import SmallArea
from commonweal.needs.card import card
from commonweal.needs.content import read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import METHOD_VERSION, Facts, Maker, method_words
from commonweal.needs.queries.invented import FORM
from commonweal.needs.queries.need_index import NeedIndex
from commonweal.needs.queries.scope import Scope
from commonweal.needs.queries.values import key_of
from commonweal.needs.wording import say
from commonweal.present import wording

INDEX = "need-for-culture-and-sport"


def small_areas_of(maker: Maker, scope: Scope, index: NeedIndex) -> tuple[SmallArea, ...]:
    """Every small area of the place, greatest need first."""
    held = maker.held
    scores = index.score[scope.areas]
    order = np.argsort(-np.where(np.isnan(scores), -1.0, scores), kind="stable")
    deprivation = held.small.columns.get(key_of(card("worst-tenth")))
    return tuple(
        _area(maker, scope, index, int(scope.areas[at]), None if deprivation is None else deprivation.values)
        for at in order
    )


def label(maker: Maker, at: int) -> str:
    """A small area by a name people know: its ward's, beside its own."""
    known = maker.held.geography
    own = known.name(str(known.areas[at]))
    name = known.neighbourhood.get(str(known.areas[at])) or known.names.get(str(known.ward[at]), "")
    return say("place.small_area_label", name=name, code=own) if name else own


def _area(
    maker: Maker, scope: Scope, index: NeedIndex, at: int, deprivation: NDArray[np.float64] | None
) -> SmallArea:
    held = maker.held
    code = str(held.geography.areas[at])
    place = PlaceRef("lsoa", code, held.geography.name(code), 2021, scope.place.invented)
    score, decile = float(index.score[at]), int(index.decile[at])
    known = not np.isnan(score)
    return SmallArea(
        place=place, label=label(maker, at), population=_people(maker, place, at),
        need=_need(maker, place, round(score, 4) if known else None, Unit.SCORE),
        need_decile=_need(maker, place, float(decile) or None, Unit.DECILE),
        decile_low=int(index.low[at]), decile_high=int(index.high[at]),
        deprivation_decile=_deprivation(maker, place, None if deprivation is None else float(deprivation[at])),
        parts=tuple(
            (domain.key, round(float(index.parts[at, where]), 2)) for where, domain in enumerate(index.domains)
            if not np.isnan(index.parts[at, where])
        ),
        lon=_coordinate(held.small.lon[at]), lat=_coordinate(held.small.lat[at]), part=_part(maker, scope, at),
    )


def _part(maker: Maker, scope: Scope, at: int) -> str:
    """Its ward, or its district where the place is several."""
    known = maker.held.geography
    code = str(known.district[at] if len(scope.inside) > 1 else known.ward[at])
    return known.names.get(code, "")


def _people(maker: Maker, place: PlaceRef, at: int) -> Figure:
    small = maker.held.small
    people = float(small.people[at])
    there = not np.isnan(people)
    return maker.simple(
        people if there else None, Unit.PEOPLE, say("base.everyone"), place,
        facts=Facts(small.people_period.label, small.people_dataset, method_words("population"), _estimate(),
                    round(people) if there else None),
        missing="" if there else say("missing.no_row"),
    )


def _need(maker: Maker, place: PlaceRef, value: float | None, unit: Unit) -> Figure:
    method = method_words("composite_decile" if unit is Unit.DECILE else "index")
    source = index_source(maker.held)
    return Figure(
        value=value, unit=unit, base=say("base.small_area"), place=place,
        period=index_period(source), source=source, method=method, method_version=METHOD_VERSION,
        quality=index_quality(),
        missing="" if value is not None else say("missing.too_few_areas"),
    )


def _deprivation(maker: Maker, place: PlaceRef, value: float | None) -> Figure:
    held, one = maker.held, card("worst-tenth")
    dataset, _ = key_of(one)
    column = held.small.columns.get(key_of(one))
    there = value is not None and not np.isnan(value)
    return maker.simple(
        value if there else None, Unit.DECILE, say("base.small_area"), place,
        facts=Facts(column.period.label if column else "", dataset, method_words("published"), index_quality()),
        missing="" if there else say("missing.not_held"),
    )


def index_source(held: Evidence) -> SourceRef:
    """The index as a source of its own: made here from the data sets its cards name."""
    return held.once(("index source",), lambda: _index_source(held))


def index_period(source: SourceRef) -> str:
    """When the index speaks of: from the first of its data on."""
    return say("index.period", first=source.published[:4]) if source.published else say("missing.no_period")


def _index_source(held: Evidence) -> SourceRef:
    datasets = sorted({key_of(one)[0] for one in held.cards if one.index is not None})
    titles = wording.listed([held.source(one).title.removeprefix(FORM) for one in datasets if one in held.sources])
    dates = [held.source(dataset).published for dataset in datasets if held.source(dataset).published]
    invented = any(source.invented for source in held.sources.values())
    licence, attribution = ("invented_licence", "invented_attribution") if invented else ("licence", "attribution")
    return SourceRef(
        INDEX, read("index")["title"], say("index.publisher"), say(f"index.{licence}"), METHOD_VERSION,
        attribution=say(f"index.{attribution}", titles=titles), published=max(dates, default="")[:4],
        invented=invented,
    )


def _estimate() -> Quality:
    return Quality(Grade.B, (read("quality")["estimate"],))


def index_quality() -> Quality:
    """The grade of whatever is made from the index."""
    return Quality(Grade.C, (read("quality")["index"],))


def _coordinate(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 5)


def areas_sentence(areas: tuple[SmallArea, ...]) -> str:
    """What the small areas show, in one or two sentences."""
    known = [area for area in areas if area.need_decile.value is not None]
    if not known:
        return say("small_areas.empty")
    worst = [area for area in known if area.need_decile.value == 1]
    moved = sum(1 for area in known if area.decile_low != area.decile_high)
    how_many = "moved_none" if not moved else "moved_all" if moved == len(known) else "moved"
    sure = say(f"small_areas.{how_many}", total=len(known), moved=moved)
    if worst:
        people = sum(area.population.value or 0 for area in worst)
        key = "all" if len(worst) == len(known) else "one" if len(worst) == 1 else "some"
        said = say(f"small_areas.{key}", count=len(worst), total=len(known), people=f"{round(people, -2):,.0f}")
    else:
        first = known[0]
        said = say("small_areas.none", greatest=first.label, total=len(known),
                   ordinal=wording.ordinal(first.need_decile.value or 0))
    return f"{said} {sure}"
