"""The case to one partner as sentences that can be kept, compared with later ones, published and printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commonweal.core.queries.partnerships import PartnershipView
from commonweal.needs.content import read
from commonweal.needs.documents.briefing import Brief, Point
from commonweal.needs.queries.advocates import KEY
from commonweal.needs.queries.making_case import Case, CaseTheme
from commonweal.needs.queries.priorities import PlaceFigure
from commonweal.needs.queries.two_sides import Research
from commonweal.present import wording


def case_brief(case: Case, view: PartnershipView) -> Brief:
    """All that can be said today, each with its source. Advocates stand by key; their words go in when shown."""
    words = read("briefing")["case"]
    said = [*_points(case, words)]
    for section, none in words["none"].items():
        if not any(point.section == section for point in said):
            said.append(Point(section, f"none:{section}", none))
    figures = [held.figure for theme in case.themes for held in theme.theme.figures]
    sources = tuple({figure.source.dataset: figure.source for figure in figures}.values())
    place = " and ".join(dict.fromkeys(one.name for one in view.places)) or view.name
    return Brief(place, view.name, view.invented, tuple(said), sources, case.partner.name)


def _points(case: Case, words: dict[str, Any]) -> Iterable[Point]:
    for card in case.priorities:
        yield Point("drives", f"priority:{card.id}",
                    f"{card.title}. {card.why} ({card.source}, {card.source_date:%-d %B %Y}.)")
    for duty in case.duties:
        checked = words["unverified"] if duty.unverified else duty.verification
        yield Point("law", f"duty:{duty.key}",
                    f"{duty.binds.capitalize()}: {duty.says} ({duty.citation}; {checked}.)")
    for one in case.themes:
        yield from _theme(one, words)
    for shared in case.needs:
        against = f" {words['spoken_against']}" if shared.need.against else ""
        yield Point("agreed", f"need:{shared.need.id}", f"{shared.need.title}: {shared.need.statement}{against}")
    yield from _others(case)
    yield from _unknown(case, words["unknown"])


def _theme(one: CaseTheme, words: dict[str, Any]) -> Iterable[Point]:
    for held in one.theme.figures:
        yield Point("adds", f"figure:{held.card}", _figure(held), held.figure.source.dataset)
    for found in (*one.speaks, *one.against):
        yield Point("adds", f"research:{found.finding.key}", research_sentence(found))
    if one.theme.research and not one.against:
        yield Point("adds", f"none_against:{one.theme.key}", words["none_against"].format(theme=one.theme.title))


def _figure(held: PlaceFigure) -> str:
    """What it measures, of whom and when, and how it compares."""
    figure = held.figure
    beside = f" {held.says[:1].upper()}{held.says[1:]}" if held.says else ""
    return f"{held.name}: {wording.spoken(figure)} ({figure.base}, {figure.period}).{beside}"


def research_sentence(found: Research) -> str:
    """A finding, which way it points, how far it bears weight and where it was found."""
    known = found.finding
    return (f"{known.bearing_title}: {known.claim} ({known.source}, {known.year}; "
            f"grade {found.quality.grade.value}; {known.verification}.)")


def _others(case: Case) -> Iterable[Point]:
    for one in case.themes:
        for card in one.others:
            yield Point("says", f"other:{card.id}",
                        f"{card.organisation} has a priority on {one.theme.title.lower()}: {card.title} "
                        f"({card.source}, {card.source_date:%-d %B %Y}).")
    for shared in case.needs:
        if shared.others:
            yield Point("says", f"signed:{shared.need.id}",
                        f"Signed “{shared.need.title}” too: {', '.join(shared.others)}.")
    for spoken in case.said:
        yield Point("says", f"{KEY}{spoken.id}", "")


def _unknown(case: Case, words: dict[str, str]) -> Iterable[Point]:
    for card in case.unmatched:
        yield Point("unknown", f"unmatched:{card.id}", words["theme"].format(title=card.title))
    for one in case.themes:
        if not one.theme.figures:
            yield Point("unknown", f"unfigured:{one.theme.key}", words["figure"].format(theme=one.theme.title))
    yield Point("unknown", "elsewhere", words["elsewhere"])
    yield Point("unknown", "answer", words["answer"])
