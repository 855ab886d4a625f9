"""The chapter of a place's needs assessment as one neutral document, for Word and tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from commonweal.lake.store import Store
from commonweal.needs import pictures
from commonweal.needs.assessment import Assessment, Finding, Measure, PeopleTable, Side, Theme
from commonweal.needs.content import read
from commonweal.needs.documents import tables
from commonweal.needs.documents.agreed import agreed_blocks, note_of
from commonweal.needs.documents.annex import annex, low
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

SHOWN_AREAS = 10
SHOWN_FIGURES = 3
PICTURE = 0.72  # of the page's width: two findings share a page
MAP = 0.7  # under its heading and its sentence on one page


def chapter(made: Assessment, store: Store | None = None, *, status: Status | None = None) -> Document:
    """The whole chapter; with the store, its map of small areas too."""
    name = made.place.name
    measures = measures_by_card(made)
    blocks: list[Block] = []
    for part in (
        _answer(made), agreed_blocks(made.agreed), _people(made), _findings(made, measures),
        _side(made, Side.CULTURE_SPORT), _side(made, Side.CONTRIBUTION), _areas(made, store), _missed(made),
        _provision(made), _cannot_say(made),
        _grades(made), _gaps(made),
    ):
        blocks += part
    return Document(
        title=word("title"), subtitle=word("subtitle", place=name), status=status or status_of(made), place=name,
        date=made.computed_on, blocks=tuple(blocks), sources=made.sources, annex=tuple(annex(made)),
        annex_title=word("annex"), sources_note=word("sources_note"), summary=made.headline,
        made_by=made.agreed.partnership if made.agreed else word("made_by"),
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
        groups = wording.listed([low(group) for group in counted[:4]])
        said = word("answer.missed", groups=groups)
        yield Paragraph((Strong(f"{word('answer.missed_title')}. "), said[:1].upper() + said[1:]))
    caution = "answer.agreed" if made.agreed and made.agreed.needs else "answer.caution"
    yield Callout(word("answer.caution_title"), (word(caution, note=note_of(made)),))


def _number(count: int) -> str:
    """A small number in words."""
    names = read("wording")["numbers"]
    return names[count] if count < len(names) else str(count)


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
            yield FigureBlock(ages, share=PICTURE)
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
        yield FigureBlock(chart, share=PICTURE)
    if measure is not None and measure.cannot_tell:
        yield Paragraph((Strong(f"{word('findings.cannot')}. "), " ".join(measure.cannot_tell)))


def _side(made: Assessment, side: Side) -> Iterable[Block]:
    themes = [theme for theme in made.themes if theme.side is side]
    if not themes:
        return
    yield _heading(side.value)
    yield Paragraph((word(f"sides.{side.value}"),))
    for theme in themes:
        yield from _theme(theme)


def _theme(theme: Theme) -> Iterable[Block]:
    """What the theme comes to, in words; its figures are in the annex."""
    yield Heading(theme.title, 2)
    yield Paragraph((theme.sentence, *_cited(theme)))
    adds = _contribution(theme)
    if adds:
        yield Paragraph((Strong(f"{word('theme.contribution')}. "), adds))


def _cited(theme: Theme) -> tuple[Inline, ...]:
    """The sources of the theme's figures."""
    datasets = dict.fromkeys(
        measure.figure.source.dataset for measure in theme.measures if measure.figure.value is not None
    )
    return tuple(part for each in datasets for part in (" ", Cite(each)))


def _contribution(theme: Theme) -> str:
    return next((row["contribution"] for row in read("themes")["themes"] if row["key"] == theme.key), "")


def _areas(made: Assessment, store: Store | None) -> Iterable[Block]:
    yield _heading("areas")
    yield Paragraph((made.small_area_sentence,), lead=True)
    yield Paragraph((" ".join(read("index")["not_a_measure"].split()),))
    drawn = pictures.area_map(store, made) if store is not None else None
    if drawn is not None:
        yield FigureBlock(drawn, share=MAP)
    parts = pictures.index_chart(made)
    if parts is not None:
        yield FigureBlock(parts)
    shown = made.small_areas[:SHOWN_AREAS]
    if shown:
        yield TableBlock(tables.areas_table(shown, word("areas.table")))
        if len(made.small_areas) > len(shown):
            yield Paragraph((word("areas.shown", shown=len(shown), total=len(made.small_areas)),))


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
        yield BulletList(tuple((f"{one.name}: {low(one.cannot_tell)}",) for one in made.provision))
    unknown = wording.listed([low(each) for each in read("provision")["unknown"]])
    yield Callout(word("provision.unknown_title"), (say("provision.unknown", list=unknown),))


def _cannot_say(made: Assessment) -> Iterable[Block]:
    yield _heading("cannot_say")
    yield BulletList(tuple((line,) for line in made.cannot_say))


def _grades(made: Assessment) -> Iterable[Block]:
    yield _heading("grades")
    yield Paragraph((word("grades.intro"),))
    yield TableBlock(tables.grades_table(made))


def _gaps(made: Assessment) -> Iterable[Block]:
    """What people can find out; figures that are missing or weak are counted in a sentence."""
    weak = read("gaps")["measure_reason"]
    fillable = [gap for gap in made.gaps if gap.quality is None or weak not in gap.quality.reasons]
    yield _heading("gaps")
    yield Paragraph((word("gaps.intro"),))
    yield TableBlock(tables.fillable_table(fillable))
    if len(fillable) < len(made.gaps):
        yield Paragraph((word("gaps.rest", count=_number(len(made.gaps) - len(fillable))),))
