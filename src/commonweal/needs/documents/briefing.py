"""One page for members, or the case to a partner: what it says, how that is frozen, and how it is set on paper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from commonweal.core.figure import SourceRef
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.documents.evidence_page import contributions, needs_of, place_words
from commonweal.present import wording
from commonweal.present.document import Block, BulletList, Cite, Document, Heading, Paragraph, Status

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence under one heading; `key` stays while the figures move, so that two versions can be compared."""

    section: str
    key: str
    text: str
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole page as values."""

    place: str
    partnership: str
    invented: bool
    points: tuple[Point, ...]
    sources: tuple[SourceRef, ...]
    partner: str = ""

    @property
    def words(self) -> dict[str, Any]:
        """The headings and sentences of its kind of page."""
        found: dict[str, Any] = read("briefing")
        return found["case"] if self.partner else found

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self.words["title"]).format(place=self.place, partner=self.partner)


@dataclass(frozen=True, slots=True)
class Change:
    """What a sentence said, and what it would say now; either may be nothing."""

    before: str
    now: str


def brief_of(made: Assessment, partnership: str, agreed: tuple[str, ...]) -> Brief:
    """The page from an assessment and the needs that partners have agreed, within one sheet."""
    points = tuple(_fitted(_points(made, agreed)))
    cited = {point.dataset for point in points}
    sources = tuple(source for source in made.sources if source.dataset in cited)
    return Brief(made.place.name, partnership, made.place.invented, points, sources)


def frozen(brief: Brief) -> str:
    """The page as text that never changes."""
    return json.dumps({"schema": SCHEMA, **asdict(brief)}, ensure_ascii=False, sort_keys=True)


def thawed(text: str) -> Brief:
    """The page again."""
    said = json.loads(text)
    return Brief(
        said["place"], said["partnership"], said["invented"], tuple(Point(**one) for one in said["points"]),
        tuple(SourceRef(**one) for one in said["sources"]), said.get("partner", ""),
    )


def changes(before: Brief, now: Brief) -> tuple[Change, ...]:
    """Which sentences would say something else today."""
    old, new = ({point.key: point.text for point in brief.points} for brief in (before, now))
    keys = [*old, *(key for key in new if key not in old)]
    return tuple(Change(old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key))


def sections(brief: Brief) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """The headings that have anything to say, each with its sentences."""
    found = (
        (title, tuple(point for point in brief.points if point.section == key))
        for key, title in brief.words["sections"].items()
    )
    return tuple((title, points) for title, points in found if points)


def briefing_page(brief: Brief, day: date, *, issued: bool = False) -> Document:
    """The page as a document: of one A4 sheet for members, as long as it is for a partner."""
    words = brief.words
    status = Status.INVENTED if brief.invented else Status.AGREED if issued else Status.DRAFT
    return Document(
        title=brief.title, subtitle=words["subtitle"], status=status,
        place=brief.place, date=day, blocks=tuple(_blocks(brief)), sources=brief.sources,
        summary=words["subtitle"], made_by=brief.partnership, brief=True, one_page=not brief.partner,
    )


def _blocks(brief: Brief) -> Iterable[Block]:
    for title, points in sections(brief):
        yield Heading(title)
        said = [(point.text, *((" ", Cite(point.dataset)) if point.dataset else ())) for point in points]
        yield BulletList(tuple(said)) if len(said) > 1 else Paragraph(said[0])
    yield Paragraph((brief.words["asked"].format(partnership=brief.partnership),))


def _points(made: Assessment, agreed: tuple[str, ...]) -> Iterable[Point]:
    words, most = read("briefing"), read("briefing")["most"]
    lead = "".join(part for part in place_words(made) if isinstance(part, str))
    yield Point("place", "place", lead, made.population.source.dataset)
    for finding in needs_of(made)[:most["stands_out"]]:
        figure = finding.figures[0] if finding.figures else None
        yield Point("stands_out", f"finding:{finding.card or 'areas'}", finding.headline,
                    figure.source.dataset if figure else "")
    areas = [area for area in made.small_areas if area.need.value is not None]
    if areas:
        names = wording.listed([area.label for area in areas[:3]])
        yield Point("where", "where", f"{made.small_area_sentence} It is greatest in {names}.",
                    areas[0].need.source.dataset)
    for number, statement in enumerate(agreed[:most["agreed"]]):
        yield Point("agreed", f"agreed:{number}", statement)
    if not agreed:
        yield Point("agreed", "agreed:none", words["agreed_none"])
    elif len(agreed) > most["agreed"]:
        yield Point("agreed", "agreed:all", words["agreed_all"].format(n=len(agreed)))
    for number, said in enumerate(contributions(made)[:most["help"]]):
        yield Point("help", f"help:{number}", said)
    for number, said in enumerate(words["unknown"]):
        yield Point("unknown", f"unknown:{number}", said)


def _fitted(points: Iterable[Point]) -> list[Point]:
    """No sentence too long, and the last findings left out where the whole would not go on one sheet."""
    limit = read("briefing")["most_characters"]
    always = ("place", "where")
    kept = [point for point in points if len(point.text) <= limit["sentence"] or point.section in always]
    while sum(len(point.text) for point in kept) > limit["whole"]:
        spare = [point for point in kept if point.section in ("stands_out", "help", "agreed")]
        if not spare:
            break
        kept.remove(spare[-1])
    return kept
