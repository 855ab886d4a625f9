"""The chapter of a place's needs assessment as one neutral document, for Word and tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from commonweal.lake.store import Store
from commonweal.needs import pictures
from commonweal.needs.assessment import Assessment, Finding, Measure, PeopleTable, Side, Theme
from commonweal.needs.card import card, cards
from commonweal.needs.content import read
from commonweal.needs.documents import tables
from commonweal.needs.documents.words import word
from commonweal.needs.wording import say
from commonweal.present import wording
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Cite,
    Document,
    FigureBlock,
    Heading,
    Inline,
    NumberedFinding,
    Paragraph,
    Status,
    Strong,
    TableBlock,
)
from commonweal.present.status import long_date

SHOWN_AREAS = 15
SHOWN_FIGURES = 3


def chapter(made: Assessment, store: Store | None = None, *, status: Status | None = None) -> Document:
    """The whole chapter; with the store, its map of small areas too."""
    name = made.place.name
    measures = measures_by_card(made)
    blocks: list[Block] = []
    for part in (
        _answer(made), _people(made), _findings(made, measures), _side(made, Side.CULTURE_SPORT),
        _side(made, Side.CONTRIBUTION), _areas(made, store), _missed(made), _provision(made), _cannot_say(made),
        _grades(made), _gaps(made), _method(made),
    ):
        blocks += part
    return Document(
        title=word("title"), subtitle=word("subtitle", place=name), status=status or status_of(made), place=name,
        date=made.computed_on, blocks=tuple(blocks), sources=made.sources, annex=tuple(_annex(made)),
        annex_title=word("annex"), summary=made.headline, made_by=word("made_by"),
    )


def status_of(made: Assessment) -> Status:
    """Invented for the worked example, else a draft until people agree it."""
    return Status.INVENTED if made.place.invented else Status.DRAFT


def measures_by_card(made: Assessment) -> dict[str, Measure]:
    """Every measure by its card."""
    return {measure.card: measure for theme in made.themes for measure in theme.measures}


def _heading(key: str) -> Heading:
    return Heading(word(f"headings.{key}"))


def _answer(made: Assessment) -> Iterable[Block]:
    """One page: the headline, the findings in sentences, where, and what not to read into it."""
    yield _heading("answer")
    yield Paragraph((made.headline,), lead=True)
    if made.findings:
        yield Paragraph((word("answer.lead_in", count=_number(len(made.findings))),))
        yield BulletList(tuple((finding.headline,) for finding in made.findings), numbered=True)
    yield Paragraph((Strong(f"{word('answer.where')}. "), made.small_area_sentence))
    counted = [group.group for group in made.missed if group.figure is not None]
    if counted:
        groups = wording.listed([_low(group) for group in counted[:4]])
        said = word("answer.missed", groups=groups)
        yield Paragraph((Strong(f"{word('answer.missed_title')}. "), said[:1].upper() + said[1:]))
    yield Callout(word("answer.caution_title"),
                  (word("answer.caution", note=word("status_note", place=made.place.name)),))


def _number(count: int) -> str:
    """A small number in words."""
    names = read("wording")["numbers"]
    return names[count] if count < len(names) else str(count)


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _people(made: Assessment) -> Iterable[Block]:
    yield _heading("people")
    key = "people.lead" if made.population.source.dataset.endswith("district") else "people.small"
    population = wording.number(made.population.value or 0)
    said = word(key, place=made.place.name, people=population, period=made.population.period)
    yield Paragraph((said, " ", Cite(made.population.source.dataset)), lead=True)
    for note in made.notes:
        yield Paragraph((note,))
    ages = pictures.age_chart(made)
    for table in made.people:
        if table.key == "ages" and ages is not None:
            yield FigureBlock(ages)
        elif table.key == "rural":
            yield Paragraph(_people_words(table))
        else:
            yield TableBlock(tables.people_table(table))


def _people_words(table: PeopleTable) -> tuple[Inline, ...]:
    cited: tuple[Inline, ...] = (" ", Cite(table.rows[0].count.source.dataset)) if table.rows else ()
    return (table.sentence, *cited)


def _findings(made: Assessment, measures: Mapping[str, Measure]) -> Iterable[Block]:
    yield _heading("findings")
    yield Paragraph((word("findings.intro"),))
    for number, finding in enumerate(made.findings, start=1):
        yield from _finding(number, finding, measures.get(finding.card))
    yield Callout(word("answer.chosen_title"), (made.selection_rule,))


def _finding(number: int, finding: Finding, measure: Measure | None) -> Iterable[Block]:
    words: list[Inline] = []
    if measure is not None:
        words += [measure.why_it_matters, " "]
    words.append(finding.why_chosen)
    yield NumberedFinding(number, finding.headline, tuple(words), finding.figures[:SHOWN_FIGURES])
    chart = pictures.finding_chart(measure) if measure is not None else None
    if chart is not None:
        yield FigureBlock(chart)
    if measure is not None and measure.cannot_tell:
        yield Paragraph((Strong(f"{word('findings.cannot')}. "), " ".join(measure.cannot_tell)))


def _side(made: Assessment, side: Side) -> Iterable[Block]:
    themes = [theme for theme in made.themes if theme.side is side]
    if not themes:
        return
    yield _heading(side.value)
    yield Paragraph((word(f"sides.{side.value}"),))
    for theme in themes:
        yield from _theme(theme, made.place.name)


def _theme(theme: Theme, place: str) -> Iterable[Block]:
    yield Heading(theme.title, 2)
    yield Paragraph((theme.sentence,))
    adds = _contribution(theme)
    if adds:
        yield Paragraph((Strong(f"{word('theme.contribution')}. "), adds))
    yield TableBlock(tables.theme_table(theme, place))
    datasets = list(dict.fromkeys(
        measure.figure.source.dataset for measure in theme.measures if measure.figure.value is not None
    ))
    if datasets:
        yield Paragraph((word("theme.sources"), *(part for each in datasets for part in (" ", Cite(each)))))


def _contribution(theme: Theme) -> str:
    return next((row["contribution"] for row in read("themes")["themes"] if row["key"] == theme.key), "")


def _areas(made: Assessment, store: Store | None) -> Iterable[Block]:
    yield _heading("areas")
    yield Paragraph((made.small_area_sentence,), lead=True)
    yield Paragraph((" ".join(read("index")["not_a_measure"].split()),))
    drawn = pictures.area_map(store, made) if store is not None else None
    if drawn is not None:
        yield FigureBlock(drawn)
    parts = pictures.index_chart(made)
    if parts is not None:
        yield FigureBlock(parts)
    shown = made.small_areas[:SHOWN_AREAS]
    if shown:
        yield TableBlock(tables.areas_table(shown, word("areas.table")))
        if len(made.small_areas) > len(shown):
            yield Paragraph((word("areas.shown", shown=len(shown), total=len(made.small_areas)),))
    yield Paragraph((word("areas.made"),))
    yield BulletList(tuple((each,) for each in _domains(made)))


def _domains(made: Assessment) -> list[str]:
    """Each domain with its weight, why it is there and what it is made of."""
    weights = dict(made.weights)
    found = []
    for row in read("index")["domains"]:
        names = [_low(each.name) for each in cards() if each.index and each.index.domain == row["key"]]
        weight = wording.number(100 * weights.get(row["key"], 0.0))
        found.append(word("areas.part", title=row["title"], weight=f"{weight}%", why=row["why"],
                          names=wording.listed(names)))
    return found


def _missed(made: Assessment) -> Iterable[Block]:
    yield _heading("missed")
    yield Paragraph((word("missed.intro"),))
    for group in made.missed:
        yield Heading(group.group, 2)
        cited: tuple[Inline, ...] = (" ", Cite(group.figure.source.dataset)) if group.figure else ()
        yield Paragraph((group.sentence, *cited, " ", group.why))
        yield Paragraph((Strong(f"{word('missed.how')}. "), group.how_to_reach))


def _provision(made: Assessment) -> Iterable[Block]:
    yield _heading("provision")
    yield Paragraph((word("provision.intro"),))
    if made.provision:
        yield BulletList(tuple((one.sentence, " ", Cite(one.count.source.dataset)) for one in made.provision))
        yield TableBlock(tables.provision_table(made.provision))
        yield BulletList(tuple((f"{one.name}: {_low(one.cannot_tell)}",) for one in made.provision))
    unknown = wording.listed([_low(each) for each in read("provision")["unknown"]])
    yield Callout(word("provision.unknown_title"), (say("provision.unknown", list=unknown),))


def _cannot_say(made: Assessment) -> Iterable[Block]:
    yield _heading("cannot_say")
    yield BulletList(tuple((line,) for line in made.cannot_say))


def _grades(made: Assessment) -> Iterable[Block]:
    yield _heading("grades")
    yield Paragraph((word("grades.intro"),))
    yield TableBlock(tables.grades_table(made))


def _gaps(made: Assessment) -> Iterable[Block]:
    yield _heading("gaps")
    yield Paragraph((word("gaps.intro"),))
    yield TableBlock(tables.gaps_table(made.gaps))


def _method(made: Assessment) -> Iterable[Block]:
    yield _heading("method")
    for key in ("intro", "comparisons", "trends", "quality"):
        yield Paragraph((word(f"method.{key}"),))
    index = read("index")
    yield Paragraph((" ".join(index["method"].split()), " ", " ".join(index["band"].split())))
    titles = {row["key"]: row["title"] for row in index["domains"]}
    weights = wording.listed([f"{_low(titles[key])} {wording.number(100 * each)}%" for key, each in made.weights])
    yield Paragraph((word("method.weights", weights=weights),))
    used = [card(each) for each in measures_by_card(made)]
    unchecked = sum(1 for each in used if not each.checker)
    yield Paragraph((word("method.checked", unchecked=unchecked, total=len(used)),))
    if made.neighbours:
        names = wording.listed([each.name for each in made.neighbours])
        yield Paragraph((say("note.neighbours", names=names),))
    yield Paragraph((word("method.versions", store=made.store_version, method=made.method_version,
                          date=long_date(made.computed_on)),))


def _annex(made: Assessment) -> Iterable[Block]:
    if made.small_areas:
        yield Heading(word("areas.all"))
        yield TableBlock(tables.areas_table(made.small_areas, word("areas.all"), whole=True))
    for one in made.provision:
        if one.items:
            yield Heading(one.name)
            yield TableBlock(tables.places_table(made, one))
