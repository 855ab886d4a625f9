"""Puts the parts of an assessment together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from commonweal.core.figure import Figure, Grade, PlaceRef, SourceRef
from commonweal.needs.assessment import Assessment, Direction, Finding, Measure, Side, Theme
from commonweal.needs.card import themes as all_themes
from commonweal.needs.queries.areas import areas_sentence, small_areas_of
from commonweal.needs.queries.choosing import findings_of
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import METHOD_VERSION, Maker
from commonweal.needs.queries.invented import in_country
from commonweal.needs.queries.limits import cannot_say, gaps, grades, not_held
from commonweal.needs.queries.measures import Weighed, measures_of, written
from commonweal.needs.queries.missed import missed_of
from commonweal.needs.queries.need_index import Weights, need_index
from commonweal.needs.queries.people import people_of, population_of
from commonweal.needs.queries.provision import provision_of
from commonweal.needs.queries.scope import NEIGHBOURS, Scope
from commonweal.needs.wording import in_sentence, say, sentence, short_period
from commonweal.present import wording

HEADLINE_GRADES = (Grade.A, Grade.B, Grade.C)  # weaker figures are never read aloud first where others stand out
MOST_AREAS = 2_000  # of a whole region the small areas of greatest need are listed, not every one


def build(
    held: Evidence, scope: Scope, *, today: date, weights: Mapping[str, float] | Weights | None = None
) -> Assessment:
    """The assessment of a place from the evidence held."""
    maker = Maker(held, today)
    index = need_index(held, weights)
    weighed = measures_of(maker, scope)
    population = population_of(maker, scope)
    areas = small_areas_of(maker, scope, index)
    people = people_of(maker, scope)
    findings, rule = findings_of(maker, scope, weighed, areas, population)
    themes = _themes(scope, weighed)
    provision = provision_of(maker, scope, population)
    made = Assessment(
        place=scope.place, made_of=scope.made_of, headline=headline(scope, findings, weighed),
        store_version=held.version, method_version=METHOD_VERSION, computed_on=today, weights=index.weights,
        population=population, people=people, findings=findings, selection_rule=rule, themes=themes,
        small_areas=areas[:MOST_AREAS], small_area_sentence=areas_sentence(areas),
        missed=missed_of(maker, scope, people), provision=provision, cannot_say=cannot_say(scope),
        gaps=gaps(weighed), grades=grades(themes), neighbours=_neighbours(held, scope), sources=(),
        notes=_notes(maker, scope, len(areas)),
        country=held.geography.names.get(held.geography.country, "England"),
    )
    if scope.place.invented:
        made = in_country(made, held.geography.name(held.geography.country))
    return _with_sources(made)


def headline(scope: Scope, findings: Sequence[Finding], weighed: Sequence[Weighed]) -> str:
    """What stands out most, in one sentence that could be read aloud: culture and sport first, needs first."""
    by_card = {each.card.id: each for each in weighed}
    known = [one for finding in findings if (one := by_card.get(finding.card)) and not one.value.wider]
    known = [one for one in known if one.measure.figure.quality.grade in HEADLINE_GRADES] or known
    known.sort(key=lambda one: one.measure.standing is Direction.BETTER)
    own = [one for one in known if one.card.theme.side is Side.CULTURE_SPORT][:1]
    rest = [one for one in known if one not in own]
    if own and own[0].measure.standing is Direction.BETTER:
        own, rest = [], known
    clauses = [_clause(scope, one) for one in (*own, *rest)[:2]]
    if not clauses:
        return say("headline.none", place=scope.place.name)
    if len(clauses) == 1:
        return sentence(say("headline.one", place=scope.place.name, first=clauses[0]))
    return sentence(say("headline.two", place=scope.place.name, first=clauses[0], second=clauses[1]))


def _clause(scope: Scope, one: Weighed) -> str:
    short = written(one.card, one.card.short, one.measure.figure, scope.place.name)
    beside = one.measure.england
    period = short_period(one.measure.figure.period)
    others = say("headline.england", value=wording.spoken(beside.figure), period=period) if beside else period
    return say("headline.beside", short=short, others=others)


def _themes(scope: Scope, weighed: Sequence[Weighed]) -> tuple[Theme, ...]:
    found = []
    for theme in all_themes():
        group = [each for each in weighed if each.card.theme.key == theme.key]
        if group:
            measures = tuple(each.measure for each in group)
            found.append(Theme(theme.key, theme.title, theme.side, _theme_sentence(scope, measures), measures))
    return tuple(found)


def _theme_sentence(scope: Scope, measures: Sequence[Measure]) -> str:
    compared = [each for each in measures if each.figure.value is not None and each.england]
    if not compared:
        known = any(each.england for each in measures)
        return sentence(say("theme.country" if known else "theme.unknown", place=scope.place.name))
    worse = [in_sentence(each.name) for each in compared if each.standing is Direction.WORSE]
    better = [in_sentence(each.name) for each in compared if each.standing is Direction.BETTER]
    parts = [_worse(worse, len(compared), one=in_sentence(compared[0].name))]
    if better and len(compared) == 1:
        parts = [say("theme.one_better", names=better[0])]
    elif better:
        parts.append(say("theme.better", names=wording.listed(better)))
    return " ".join(sentence(part) for part in parts)


def _worse(names: Sequence[str], total: int, *, one: str) -> str:
    if total == 1:
        return say("theme.one_worse" if names else "theme.one_not_worse", names=one)
    if not names:
        return say("theme.none_worse", total=total)
    if len(names) == total and total > 1:
        return say("theme.all_worse", names=wording.listed(names))
    return say("theme.worse", n=len(names), total=total, names=wording.listed(names))


def _neighbours(held: Evidence, scope: Scope) -> tuple[PlaceRef, ...]:
    return tuple(
        PlaceRef("district" if not code.startswith("E10") else "county", code, held.geography.name(code),
                 scope.place.vintage, scope.place.invented)
        for code in scope.neighbours[:NEIGHBOURS]
    )


def _notes(maker: Maker, scope: Scope, areas: int) -> tuple[str, ...]:
    """What a reader must know of the place itself and of what is not held."""
    notes = list(scope.notes)
    if areas > MOST_AREAS:
        notes.append(say("note.most_areas", most=f"{MOST_AREAS:,}", total=f"{areas:,}"))
    missing = not_held(maker)
    return (*notes, *([missing] if missing else []))


def _with_sources(made: Assessment) -> Assessment:
    """The sources of every figure, once each, in the order first used."""
    from dataclasses import replace

    found: dict[str, SourceRef] = {}
    for figure in figures_of(made):
        found.setdefault(figure.source.dataset, figure.source)
    return replace(made, sources=tuple(found.values()))


def figures_of(made: Assessment) -> list[Figure]:
    """Every figure of an assessment, in reading order."""
    found = [made.population]
    found += [figure for finding in made.findings for figure in finding.figures]
    for table in made.people:
        for row in table.rows:
            found += [row.count, row.share, *([row.comparator] if row.comparator else [])]
    for theme in made.themes:
        for measure in theme.measures:
            found += [measure.figure, *(each.figure for each in measure.comparisons)]
            found += measure.trend.figures if measure.trend else ()
    for area in made.small_areas:
        found += [area.population, area.need, area.need_decile, area.deprivation_decile]
    found += [group.figure for group in made.missed if group.figure]
    for one in made.provision:
        found += [one.count, *(each for each in (one.per_10000, one.comparator) if each)]
    return found


