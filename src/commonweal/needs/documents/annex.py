"""What stands behind the chapter: how it was made, and its tables in full, apart from what a committee reads."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.needs.assessment import Assessment
from commonweal.needs.card import card, cards
from commonweal.needs.content import read
from commonweal.needs.documents import tables
from commonweal.needs.documents.words import word
from commonweal.needs.wording import say
from commonweal.present import wording
from commonweal.present.document import Block, BulletList, Heading, Paragraph, TableBlock
from commonweal.present.status import long_date


def annex(made: Assessment) -> Iterable[Block]:
    """How it was made, every measure, every place; each small area is in the workbook alone."""
    yield Heading(word("headings.method"), 2)
    yield from _method(made)
    yield Heading(word("headings.measures"), 2)
    yield Paragraph((word("annex_notes.measures"),))
    for theme in made.themes:
        yield TableBlock(tables.theme_table(theme, made.place.name))
    yield Heading(word("headings.places"), 2)
    for one in made.provision:
        if one.items:
            yield TableBlock(tables.places_table(made, one))
    yield Heading(word("areas.all"), 2)
    yield Paragraph((word("annex_notes.areas", total=len(made.small_areas)),))


def _method(made: Assessment) -> Iterable[Block]:
    for key in ("intro", "comparisons", "trends", "quality"):
        yield Paragraph((word(f"method.{key}"),))
    index = read("index")
    yield Paragraph((" ".join(index["method"].split()), " ", " ".join(index["band"].split())))
    used = [card(each) for each in measures_used(made)]
    unchecked = sum(1 for each in used if not each.checker)
    yield Paragraph((word("method.checked", unchecked=unchecked, total=len(used)),))
    yield Paragraph((word("areas.made"),))
    yield BulletList(tuple((each,) for each in _domains(made)))
    if made.neighbours:
        names = wording.listed([each.name for each in made.neighbours])
        yield Paragraph((say("note.neighbours", names=names),))
    yield Paragraph((word("method.versions", store=made.store_version, method=made.method_version,
                          date=long_date(made.computed_on)),))


def _domains(made: Assessment) -> list[str]:
    """Each domain with its weight, why it is there and what it is made of."""
    weights = dict(made.weights)
    found = []
    for row in read("index")["domains"]:
        names = [low(each.name) for each in cards() if each.index and each.index.domain == row["key"]]
        weight = wording.number(100 * weights.get(row["key"], 0.0))
        found.append(word("areas.part", title=row["title"], weight=f"{weight}%", why=row["why"],
                          names=wording.listed(names)))
    return found


def measures_used(made: Assessment) -> list[str]:
    """The cards the assessment stands on."""
    return [measure.card for theme in made.themes for measure in theme.measures]


def low(text: str) -> str:
    """Words as they stand within a sentence."""
    return text[:1].lower() + text[1:]
