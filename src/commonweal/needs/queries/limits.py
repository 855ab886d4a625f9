"""What the data cannot say, how good each part is, and how to fill the gaps with the effort each takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from commonweal.core.figure import Grade, Quality
from commonweal.needs.assessment import Gap, Theme
from commonweal.needs.card import Card
from commonweal.needs.card import card as card_of
from commonweal.needs.content import read
from commonweal.needs.queries.figures import Maker, middle
from commonweal.needs.queries.measures import Weighed
from commonweal.needs.queries.scope import Scope, ScopeKind
from commonweal.needs.wording import fill, say, sentence
from commonweal.present import wording

MOST_MEASURE_GAPS = 6


def cannot_say(scope: Scope) -> tuple[str, ...]:
    """The lines of content/cannot_say.yaml that are true of the place."""
    true = {"always"}
    true.add("small" if scope.kind is ScopeKind.SMALL else "district")
    if scope.two_tier and scope.kind is ScopeKind.DISTRICT:
        true.add("two_tier")
    return tuple(line["says"] for line in read("cannot_say")["lines"] if line["when"] in true)


def grades(themes: Sequence[Theme]) -> tuple[tuple[str, Quality], ...]:
    """The middle grade of each theme's figures, and why."""
    found = []
    for theme in themes:
        known = [measure.figure.quality for measure in theme.measures if measure.figure.value is not None]
        missing = len(theme.measures) - len(known)
        if not known:
            found.append((theme.title, Quality(Grade.E, (say("grades.none", total=len(theme.measures)),))))
            continue
        words = say("grades.some", known=len(known), total=len(theme.measures), spread=_spread(known))
        quality = middle([measure.figure.quality for measure in theme.measures], words)
        if missing:
            quality = Quality(quality.grade, (*quality.reasons, say("grades.missing", missing=missing)))
        found.append((theme.title, quality))
    return tuple(found)


def _spread(qualities: Sequence[Quality]) -> str:
    counts: dict[Grade, int] = defaultdict(int)
    for quality in qualities:
        counts[quality.grade] += 1
    return wording.listed([f"{counts[grade]} of grade {grade.value}" for grade in sorted(counts)])


def gaps(weighed: Sequence[Weighed]) -> tuple[Gap, ...]:
    """The gaps every chapter has, then the measures that are missing or weak, with the effort of mending each."""
    content = read("gaps")
    found = [
        Gap(row["question"], row["how"], row["effort"], row["lightest"],
            Quality(Grade(row["grade"]), (row["reason"],)))
        for row in content["gaps"]
    ]
    weak = [each for each in weighed if _weak(each) and card_of(each.card.id).collect.effort != "None."]
    weak.sort(key=lambda each: (each.measure.figure.value is not None, -_GRADE[each.measure.figure.quality.grade]))
    found += [_measure_gap(each.card, each) for each in weak[:MOST_MEASURE_GAPS]]
    return tuple(found)


_GRADE = {grade: place for place, grade in enumerate(Grade)}


def _weak(each: Weighed) -> bool:
    figure = each.measure.figure
    return figure.value is None or figure.quality.grade in (Grade.D, Grade.E)


def _measure_gap(card: Card, each: Weighed) -> Gap:
    content, figure = read("gaps"), each.measure.figure
    because = content["measure_missing"] if figure.value is None else fill(
        content["measure_because"], grade=wording.grade(figure.quality.grade)
    )
    question = fill(content["measure"], name=card.noun[:1].upper() + card.noun[1:], because=because)
    would_be = Quality(Grade(content["measure_grade"]), (content["measure_reason"],))
    return Gap(question, card.collect.how, card.collect.effort, card.collect.lightest, would_be)


def not_held(maker: Maker) -> str:
    """A sentence naming the data sets the cards want and the store has not; empty where it has all."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for card in maker.held.cards:
        dataset = card.source.dataset
        if dataset not in maker.held.sources:
            wanted[dataset].append(card.name)
    if not wanted:
        return ""
    names = [name for group in wanted.values() for name in group]
    return sentence(say("note.not_in_store", titles=wording.listed(names)))
