"""Who can reach it: the answer, the map, who is left out, and what would change that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commonweal.core import clock
from commonweal.core.figure import Unit
from commonweal.lake.visits.published import DATASET
from commonweal.methods.benefit import Between
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.pages.links import Addresses
from commonweal.needs.pages.loading import store_of
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.pictures import shaded_map
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.figures import Maker
from commonweal.needs.queries.library_members import HIDDEN, library_members
from commonweal.needs.queries.reach import AreaReach, Reach, Way, kinds, reach_of, ways
from commonweal.needs.wording import fill
from commonweal.present import wording
from commonweal.present.chart import Chart, Message
from commonweal.present.maps.model import Band, Scale, Site
from commonweal.present.provenance import short_citation
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of place, or one way of going, that may be asked about."""

    key: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, its sentence, and the table that shows it."""

    title: str
    sentence: str
    table: DataTable | None


@dataclass(frozen=True, slots=True)
class ReachView:
    """The whole page of one kind and one way."""

    answer: str
    beside: str
    figures: tuple[Labelled, ...]
    map: Chart | None
    sure: str
    parts: tuple[Part, ...]
    cannot: str
    assumption: str


def choices(assessment: Assessment, kind: str, way: str) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """What may be chosen, the first of each where nothing was."""
    held = evidence(store_of(assessment))
    offered, going = kinds(held, assessment), ways()
    chosen_kind = kind if kind in {one["kind"] for one in offered} else offered[0]["kind"] if offered else ""
    chosen_way = way if way in {one.key for one in going} else going[0].key
    return (
        tuple(Choice(one["kind"], one["title"], one["kind"] == chosen_kind) for one in offered),
        tuple(Choice(one.key, f"{one.title}, {one.minutes:g} minutes", one.key == chosen_way) for one in going),
    )


def reach_for(assessment: Assessment, kind: str, way: str) -> Reach | None:
    """Who can reach the chosen kind of place by the chosen way."""
    held = evidence(store_of(assessment))
    asked = next((one for one in kinds(held, assessment) if one["kind"] == kind), None)
    going = next((one for one in ways() if one.key == way), None)
    if asked is None or going is None:
        return None
    return reach_of(Maker(held, clock.today()), assessment, asked, going)


def reach_view(found: Reach, assessment: Assessment, code: str) -> ReachView:
    """Everything the page shows."""
    say = _Say(found)
    return ReachView(
        answer=say.answer(), beside=say.beside(), figures=_figures(found), map=_map(found, assessment, code, say),
        sure=say("sure", low=read("reach")["detour"]["low"], high=read("reach")["detour"]["high"],
                 share_low=_percent(found.low), share_high=_percent(found.high)),
        parts=(_gap(found, code, say), _new(found, say, assessment, code),
               _shorter(found, say, assessment, code), _close(found, say),
               _ease(found, code, say), *_members(found, assessment, code, say)),
        cannot=say("cannot") if found.comparator is not None else f"{_local(assessment, say)} {say('cannot')}",
        assumption=_assumption(found.way),
    )


def _local(assessment: Assessment, say: _Say) -> str:
    return say("local", country=assessment.country)


class _Say:
    """Sentences of content/reach.yaml about one kind and one way."""

    def __init__(self, found: Reach) -> None:
        self.found = found
        self.given: Mapping[str, Any] = {
            "one": found.kind["one"], "many": found.kind["many"], "place": found.place.name, "by": found.way.by,
            "minutes": f"{found.way.minutes:g}", "country": found.country, "tenths": read("reach")["need_tenths"],
        }

    def __call__(self, key: str, **more: object) -> str:
        return fill(read("reach")["words"][key], **{**self.given, **more})

    def answer(self) -> str:
        """The sentence that comes first."""
        if not self.found.share.value:
            return self("answer_none")
        share = wording.spoken(self.found.share)
        if self.found.comparator is None:
            return self("answer_local", share=share)
        return self("answer", share=share, england=wording.spoken(self.found.comparator))

    def beside(self) -> str:
        """People in need beside the others."""
        need, rest = self.found.in_need, self.found.others
        if need is None or rest is None:
            return self("no_need") if need is None else ""
        return self("in_need", need=wording.spoken(need), rest=wording.spoken(rest))


def _figures(found: Reach) -> tuple[Labelled, ...]:
    given = [Labelled(found.share, f"of people in {found.place.name}")]
    if found.comparator is not None:
        given.append(Labelled(found.comparator, f"of people in {found.country}"))
    if found.in_need is not None:
        given.append(Labelled(found.in_need, "of people where need is greatest"))
    if found.others is not None and found.in_need is not None:
        given.append(Labelled(found.others, "of everybody else"))
    return tuple(given)


def _map(found: Reach, assessment: Assessment, code: str, say: _Say) -> Chart | None:
    far = [area for area in found.areas if not area.reached]
    people, whole = sum(area.people for area in far), sum(area.people for area in found.areas)
    share = _percent(100 * people / whole if whole else 0)
    sentence = say("map_sentence", people=_people(people), share=share)
    message = Message(say("map"), sentence, source=short_citation(found.share.source))
    values = {area.code: (_capped(area, found.way), _in_words(area, say)) for area in found.areas}
    pattern = Addresses(code).area("CODE").replace("CODE", "{code}")
    noun = found.kind["one"][:1].upper() + found.kind["one"][1:]
    sites = tuple(Site(name, noun, lon, lat) for name, lon, lat in found.sites)
    return shaded_map(
        store_of(assessment), assessment, message, values=values, scale=_scale(found.way, say), sites=sites,
        href=pattern,
    )


def _scale(way: Way, say: _Say) -> Scale:
    """The longest way first, for it is the darkest."""
    step = way.minutes / 2
    edges = [0, step, 2 * step, 3 * step, 4 * step]
    bands = [Band(4 * step, 1e6, say("band_last", low=f"{4 * step:g}"))]
    for low, high in zip(edges[-2::-1], edges[:0:-1], strict=True):
        bands.append(Band(low, high, say("band_within", low=f"{low:g}", high=f"{high:g}")))
    return Scale(say("scale"), tuple(bands))


def _capped(area: AreaReach, way: Way) -> float:
    return min(area.minutes, 1e5) if area.site else 1e5


def _in_words(area: AreaReach, say: _Say) -> str:
    return say("area", minutes=f"{area.minutes:.0f}", site=area.site) if area.site else say("area_none")


def _gap(found: Reach, code: str, say: _Say) -> Part:
    tenths = read("reach")["need_tenths"]
    bare = [area for area in found.areas if not area.reached and area.tenth is not None and area.tenth <= tenths]
    bare.sort(key=lambda area: (area.tenth or 99, -area.people))
    if not bare:
        return Part(say("gap_title"), say("gap_none"), None)
    people = _people(sum(area.people for area in bare))
    words = say("gap_one", people=people) if len(bare) == 1 else say(
        "gap_some", count=wording.number(len(bare)), people=people)
    most = read("reach")["most_listed"]
    columns = (
        text_column("Small area"), number_column("People"), number_column("Need, tenth"),
        number_column("Minutes"), text_column("Nearest"),
    )
    rows = tuple(
        (_link(area, code), round(area.people), round(area.tenth or 0), _minutes(area),
         area.site or say("area_none"))
        for area in bare[:most]
    )
    if len(bare) > most:
        words = f"{words} {say('gap_first', n=most)}"
    return Part(say("gap_title"), words, DataTable(say("gap_title"), columns, rows, key="reach-gap"))


def _members(found: Reach, assessment: Assessment, code: str, say: _Say) -> tuple[Part, ...]:
    """Areas that libraries miss, where members are published; with the publisher's own bounds."""
    rule = read("reach")
    if found.kind["kind"] != "library":
        return ()
    held = evidence(store_of(assessment))
    known = library_members(held, assessment, found.areas, rule["need_tenths"])
    if known is None:
        return ()
    words = say("members", least=_percent(100 * known.average.least), most=_percent(100 * known.average.most),
                missed=f"{len(known.missed):,}", areas=f"{len(known.areas):,}",
                people=_people(sum(one.area.people for one in known.missed)))
    if known.in_need and known.others:
        words += " " + say("members_need", need=_between(known.in_need), rest=_between(known.others))
    words += " " + say("members_sure", low=HIDDEN[0], high=HIDDEN[1], hidden=f"{known.hidden:,}",
                       changed=f"{known.changed:,}")
    columns = (text_column("Small area"), number_column("People"), number_column("Members at least"),
               number_column("At most"), number_column("Share at most", Unit.PERCENT))
    listed = (known.missed or known.areas)[: rule["most_listed"]]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Linked(one.area.label, Addresses(code).area(one.area.code)), round(one.area.people),
         round(one.members.least), round(one.members.most), 100 * one.most) for one in listed
    )
    table = DataTable(say("members_title"), columns, rows, notes=(say("members_note"),),
                      source=short_citation(held.source(DATASET)), key="members")
    return (Part(say("members_title"), words, table),)


def _between(share: Between) -> str:
    return f"{_percent(100 * share.least)} to {_percent(100 * share.most)}"


def _ease(found: Reach, code: str, say: _Say) -> Part:
    first = read("reach")["ease_tenths"]
    easy = [
        area for area in found.areas
        if area.reached and (area.tenth or 0) >= first and area.per_10000 >= found.most_in_reach > 0
    ]
    easy.sort(key=lambda area: (-(area.tenth or 0), -area.per_10000))
    if not easy:
        return Part(say("ease_title"), say("ease_none"), None)
    words = say("ease_one" if len(easy) == 1 else "ease_some", count=wording.number(len(easy)), from_tenth=first,
                people=_people(sum(area.people for area in easy)))
    columns = (
        text_column("Small area"), number_column("People"), number_column("Need, tenth"),
        number_column("In reach for 10,000 people", decimals=2), number_column("Minutes"),
    )
    rows = tuple(
        (_link(area, code), round(area.people), round(area.tenth or 0), round(area.per_10000, 2), _minutes(area))
        for area in easy[: read("reach")["most_listed"]]
    )
    return Part(say("ease_title"), words, DataTable(say("ease_title"), columns, rows, key="reach-ease"))


def _close(found: Reach, say: _Say) -> Part:
    if not found.closures:
        return Part(say("close_title"), say("close_none"), None)
    columns = (
        text_column("If this closed"), number_column("People left without"), number_column("People sent further"),
        number_column("Minutes further"),
    )
    speed = found.way.kmh * 1000 / 60
    rows = tuple(
        (one.name, round(one.left_without), round(one.sent_on), round(one.further / speed))
        for one in found.closures
    )
    return Part(say("close_title"), say("close"), DataTable(say("close_title"), columns, rows, key="reach-close"))


def _new(found: Reach, say: _Say, assessment: Assessment, code: str) -> Part:
    if not found.new:
        return Part(say("next_title"), say("next_none"), None)
    labels = {area.place.code: area.label or area.place.name for area in assessment.small_areas}
    columns = (text_column("Near the middle of"), number_column("People brought within reach"))
    to = Addresses(code)
    rows = tuple((Linked(labels[one.code], to.area(one.code)), round(one.people)) for one in found.new)
    key = "near_proof" if found.gap else "proof"
    proof = say(key, n=len(rows), gap=_percent(100 * found.gap))
    words = f"{say('next')} {say('next_all', proof=proof)}"
    return Part(say("next_title"), words, DataTable(say("next_title"), columns, rows, key="reach-next"))


def _shorter(found: Reach, say: _Say, assessment: Assessment, code: str) -> Part:
    if not found.shorter:
        return Part(say("shorter_title"), say("shorter_none"), None)
    labels = {area.place.code: area.label or area.place.name for area in assessment.small_areas}
    columns = (text_column("Near the middle of"), number_column("People with a shorter way"),
               number_column("Minutes shorter for them", decimals=1))
    to, speed = Addresses(code), found.way.kmh * 1000 / 60
    rows = tuple((Linked(labels[one.code], to.area(one.code)), round(one.people), round(one.metres / speed, 1))
                 for one in found.shorter)
    table = DataTable(say("shorter_title"), columns, rows, key="reach-shorter")
    return Part(say("shorter_title"), say("shorter"), table)


def reach_table(found: Reach) -> DataTable:
    """Every small area, for downloading."""
    columns = (
        text_column("Code"), text_column("Small area"), number_column("People"), number_column("Need, tenth"),
        number_column("Minutes to the nearest", decimals=1), text_column("Nearest"),
        number_column("In reach for 10,000 people", decimals=3), text_column("Within reach"),
    )
    rows = tuple(
        (area.code, area.label, round(area.people), Missing() if area.tenth is None else round(area.tenth),
         Missing("none near") if not area.site else round(area.minutes, 1), area.site, round(area.per_10000, 3),
         "yes" if area.reached else "no")
        for area in found.areas
    )
    notes = (found.share.method, read("reach")["words"]["method_access"], _assumption(found.way))
    title = f"{found.kind['title']}, {found.way.title.lower()}: small areas of {found.place.name}"
    return DataTable(title, columns, rows, notes=notes, source=short_citation(found.share.source), key="reach")


def _assumption(way: Way) -> str:
    return str(next(one["source"] for one in read("reach")["ways"] if one["key"] == way.key))


def _link(area: AreaReach, code: str) -> Linked:
    return Linked(area.label, Addresses(code).area(area.code))


def _minutes(area: AreaReach) -> Cell:
    return round(area.minutes) if area.site else Missing("none near")


def _people(number: float) -> str:
    return f"{round(number, -2):,.0f}"


def _percent(value: float) -> str:
    return f"{value:.0f}%"
