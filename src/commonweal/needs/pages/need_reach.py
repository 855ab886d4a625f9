"""Need beside what is in reach: the answer, the map of four kinds, and both lists that part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from commonweal.core import clock
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.pages.links import Addresses
from commonweal.needs.pages.loading import store_of
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.pictures import shaded_map
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.figures import Maker
from commonweal.needs.queries.need_reach import BARE, EASY, AreaStands, NeedReach, method_words, need_reach_of
from commonweal.needs.queries.reach import kinds, ways
from commonweal.needs.wording import fill
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.maps.model import Band, Scale
from commonweal.present.provenance import short_citation
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column


@dataclass(frozen=True, slots=True)
class Standing:
    """Small areas of one kind: a heading, a sentence, and their table."""

    title: str
    sentence: str
    table: DataTable | None


@dataclass(frozen=True, slots=True)
class NeedReachView:
    """The whole page."""

    answer: str
    figures: tuple[Labelled, ...]
    threshold: str
    map: Chart | None
    firm: str
    parts: tuple[Standing, ...]
    cannot: str


def need_reach_for(assessment: Assessment, kind: str, way: str) -> NeedReach | None:
    """Where the small areas of a place stand, for a kind of place and a way of going."""
    held = evidence(store_of(assessment))
    asked = next((one for one in kinds(held) if one["kind"] == kind), None)
    going = next((one for one in ways() if one.key == way), None)
    if asked is None or going is None:
        return None
    return need_reach_of(Maker(held, clock.today()), assessment, asked, going)


def need_reach_view(found: NeedReach, code: str) -> NeedReachView:
    """Everything the page shows."""
    said, moving = read("need_reach"), found.moving
    return NeedReachView(
        answer=_answer(found),
        figures=tuple(Labelled(figure, f"of people: {said['kinds'][stands]['short'].lower()}")
                      for stands, figure in found.shares.items()),
        threshold=_threshold(found), map=_map(found, code),
        firm=fill(said["firm"], moving=moving, areas=len(found.areas)) if moving else said["all_firm"],
        parts=(_list(found, BARE, code, "bare_title"), _list(found, EASY, code, "easy_title")),
        cannot=said["cannot"],
    )


def need_reach_table(found: NeedReach) -> DataTable:
    """Every small area, for downloading."""
    said = read("need_reach")
    titles = said["columns"]
    columns = (
        text_column("Code"), text_column(titles[0]), number_column(titles[1]), number_column(titles[2]),
        number_column(titles[3], decimals=3), number_column(titles[4], decimals=1), text_column(said["scale"]),
        text_column(titles[5]),
    )
    rows = tuple(
        (one.code, one.label, round(one.people), _tenth(one), round(one.per_10000, 3), _minutes(one, 1),
         _kind(one), "yes" if one.firm else "no")
        for one in found.areas
    )
    title = f"{said['title']}: {found.kind['title'].lower()}, {found.way.title.lower()}, {found.made.place.name}"
    return DataTable(title, columns, rows, notes=(_threshold(found), method_words(found.kind, found.way)),
                     source=_source(found), key="need-reach")


def _answer(found: NeedReach) -> str:
    said, bare = read("need_reach"), found.of(BARE)
    given = {"place": found.made.place.name, "easy": wording.spoken(found.shares[EASY])}
    if not bare:
        return fill(said["none"], **given)
    return fill(said["answer"], bare=wording.spoken(found.shares[BARE]), areas=_counted(len(bare)), **given)


def _threshold(found: NeedReach) -> str:
    key = "threshold" if found.least > 0 else "threshold_none"
    return fill(
        read("need_reach")[key], tenths=read("reach")["need_tenths"], country=found.made.country,
        one=found.kind["one"], many=found.kind["many"], minutes=f"{found.way.minutes:g}", by=found.way.by,
        least=wording.number(found.least, 2),
    )


def _map(found: NeedReach, code: str) -> Chart | None:
    said = read("need_reach")
    bands = tuple(Band(stands, stands + 1, said["kinds"][stands]["short"]) for stands in said["kinds"])
    sentence = fill(said["map_sentence"], n=_counted(len(found.of(BARE))), easy=len(found.of(EASY)))
    title = fill(said["map"], many=found.kind["many"], by=found.way.by)
    message = Message(title, sentence[:1].upper() + sentence[1:], source=_source(found))
    values = {one.code: (float(one.stands) if one.stands else None, _in_words(one)) for one in found.areas}
    return shaded_map(
        store_of(found.made), found.made, message, values=values,
        scale=Scale(said["scale"], bands, colours=palette.FOUR), href=_pattern(code),
    )


def _pattern(code: str) -> str:
    return Addresses(code).area("CODE").replace("CODE", "{code}")


def _in_words(one: AreaStands) -> str:
    if not one.stands:
        return "need not known"
    return fill(
        read("need_reach")["area"], kind=_kind(one), tenth=_tenth(one), per=wording.number(one.per_10000, 2),
        star="" if one.firm else " *",
    )


def _list(found: NeedReach, stands: int, code: str, title: str) -> Standing:
    said, areas = read("need_reach"), found.of(stands)
    if not areas:
        return Standing(said[title], said["bare_none"], None)
    titles, to = said["columns"], Addresses(code)
    columns = (
        text_column(titles[0]), number_column(titles[1]), number_column(titles[2]),
        number_column(titles[3], decimals=2), number_column(titles[4]),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Linked(one.label if one.firm else f"{one.label} *", to.area(one.code)), round(one.people), _tenth(one),
         round(one.per_10000, 2), _minutes(one, 0))
        for one in areas[: read("reach")["most_listed"]]
    )
    sentence = fill(said["list"], areas=_counted(len(areas)),
                    people=f"{round(sum(one.people for one in areas), -2):,.0f}")
    return Standing(said[title], sentence[:1].upper() + sentence[1:],
                    DataTable(said[title], columns, rows, source=_source(found), key=f"stands-{stands}"))


def _kind(one: AreaStands) -> str:
    known: dict[int, Any] = read("need_reach")["kinds"]
    return str(known[one.stands]["short"]) if one.stands else "Not known"


def _tenth(one: AreaStands) -> int | Missing:
    return Missing("not known") if one.tenth is None else round(one.tenth)


def _minutes(one: AreaStands, decimals: int) -> float | Missing:
    return round(one.minutes, decimals) if np.isfinite(one.minutes) else Missing("none near")


def _counted(n: int) -> str:
    return "1 small area" if n == 1 else f"{n} small areas"


def _source(found: NeedReach) -> str:
    return short_citation(found.shares[BARE].source)
