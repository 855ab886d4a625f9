"""Two pages a voluntary group may take for its own bid: the place, the need, who is missed, with citations."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.needs.assessment import Assessment, Direction, Finding, Side
from commonweal.needs.content import read
from commonweal.needs.documents.chapter import measures_by_card
from commonweal.needs.documents.words import word, words
from commonweal.present import wording
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Cite,
    Document,
    Heading,
    Inline,
    Paragraph,
    Status,
    Words,
)

FINDINGS, AREAS, GROUPS = 5, 4, 3


def evidence_page(made: Assessment) -> Document:
    """The page; its sources are those it cites and no others."""
    blocks = tuple(_blocks(made))
    cited = {word.dataset for block in blocks for word in _inlines(block) if isinstance(word, Cite)}
    return Document(
        title=word("evidence_page.title"), subtitle=word("evidence_page.subtitle", place=made.place.name),
        status=Status.INVENTED if made.place.invented else Status.PUBLISHED, place=made.place.name,
        date=made.computed_on, blocks=blocks,
        sources=tuple(source for source in made.sources if source.dataset in cited),
        summary=word("evidence_page.summary", place=made.place.name), made_by=word("made_by"), brief=True,
    )


def _blocks(made: Assessment) -> Iterable[Block]:
    yield Heading(word("evidence_page.area_title"))
    yield Paragraph(place_words(made))
    yield Heading(word("evidence_page.need_title"))
    yield BulletList(tuple(_finding(made, finding) for finding in needs_of(made)[:FINDINGS]))
    yield Heading(word("evidence_page.where_title"))
    greatest = wording.listed([area.label for area in made.small_areas[:AREAS]])
    named = f" {word('evidence_page.greatest', names=greatest)}" if greatest else ""
    yield Paragraph((made.small_area_sentence, named, *_index_mark(made)))
    yield Heading(word("evidence_page.contribution_title"))
    yield BulletList(tuple((each,) for each in contributions(made)))
    yield Heading(word("evidence_page.missed_title"))
    yield BulletList(tuple(
        (group.sentence, " ", Cite(group.figure.source.dataset)) for group in made.missed if group.figure
    )[:GROUPS])
    yield Callout(word("evidence_page.use_title"), (word("evidence_page.use"),))
    yield Heading(word("evidence_page.not_title"))
    yield BulletList(tuple((line,) for line in words("evidence_page.not")))


def needs_of(made: Assessment) -> list[Finding]:
    """The findings that speak of need; good news is left for the chapter."""
    measures = measures_by_card(made)
    return [
        each for each in made.findings
        if each.card not in measures or measures[each.card].standing is not Direction.BETTER
    ]


def place_words(made: Assessment) -> Words:
    """How many people live there, of which ages."""
    people = wording.number(made.population.value or 0)
    said = word("people.lead", place=made.place.name, people=people, period=made.population.period)
    ages = next((table for table in made.people if table.key == "ages"), None)
    return (said, " ", Cite(made.population.source.dataset), *((f" {ages.sentence}",) if ages else ()))


def _finding(made: Assessment, finding: Finding) -> Words:
    """A finding, which says its period, and its source."""
    if not finding.figures:
        return (finding.headline,)
    return (finding.headline, " ", Cite(finding.figures[0].source.dataset))


def _index_mark(made: Assessment) -> tuple[Inline, ...]:
    areas = [area for area in made.small_areas if area.need.value is not None]
    return (" ", Cite(areas[0].need.source.dataset)) if areas else ()


def contributions(made: Assessment) -> list[str]:
    """What culture and sport can add on the themes that the findings speak of, wider need first."""
    measures, rows = measures_by_card(made), {row["key"]: row for row in read("themes")["themes"]}
    found = [
        rows[measures[each.card].theme] for each in made.findings
        if each.card in measures and measures[each.card].side is Side.CONTRIBUTION
    ]
    wider = [row for row in rows.values() if row["contribution"]]
    chosen = list({row["key"]: row for row in (*found, *wider)}.values())[:3]
    return [f"{row['title']}: {row['contribution'][:1].lower()}{row['contribution'][1:]}" for row in chosen]


def _inlines(block: Block) -> Iterable[Inline]:
    if isinstance(block, Paragraph | Callout):
        yield from block.words
    if isinstance(block, BulletList):
        for item in block.items:
            yield from item


