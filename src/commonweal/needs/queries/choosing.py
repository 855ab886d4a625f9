"""The five to nine findings, picked by the stated rule, each a sentence with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commonweal.core.figure import Figure, Grade, Quality, Unit
from commonweal.methods.findings import (
    Candidate,
    Chosen,
    Reason,
    Rule,
    certainty_mark,
    distance_mark,
    score,
    select,
    size_mark,
    trend_mark,
)
from commonweal.methods.trend import Verdict
from commonweal.needs.assessment import Direction, Finding, Side, SmallArea
from commonweal.needs.card import Card, Kind, Level, Need
from commonweal.needs.content import read
from commonweal.needs.queries.areas import INDEX
from commonweal.needs.queries.comparing import small_gap
from commonweal.needs.queries.figures import Maker, method_words
from commonweal.needs.queries.measures import Weighed, written
from commonweal.needs.queries.people import ages_of
from commonweal.needs.queries.scope import Scope
from commonweal.needs.queries.values import Made, Value
from commonweal.needs.wording import fill, say, sentence, short_period
from commonweal.present import wording

AREAS = "small-areas"


@dataclass(frozen=True, slots=True)
class _Option:
    """A candidate with what its finding would say."""

    candidate: Candidate
    headline: str
    card: str
    figures: tuple[Figure, ...]
    affected: float | None
    people_words: str
    trend: Verdict | None
    worse_when: Verdict | None
    story: str
    own: bool    # about culture and sport itself
    sure: str    # the words for a difference that no interval can judge


def rule() -> Rule:
    """The stated rule, from content/choosing.yaml."""
    data = read("choosing")
    return Rule(
        **data["weights"], least=data["least"], most=data["most"], per_theme=data["per_theme"],
        most_good_news=data["most_good_news"], least_score=data["least_score"],
    )


def findings_of(
    maker: Maker, scope: Scope, weighed: Sequence[Weighed], areas: Sequence[SmallArea], population: Figure
) -> tuple[tuple[Finding, ...], str]:
    """The findings, and the rule said in words with its counts."""
    options = [each for each in (_option(maker, scope, one, population) for one in weighed) if each is not None]
    if (own := _areas_option(scope, areas, population)) is not None:
        options.append(own)
    options = _one_a_story(options)
    by_key = {each.candidate.key: each for each in options}
    chosen = _select(options)
    findings = tuple(_finding(by_key[each.candidate.key], each) for each in chosen)
    said = fill(read("choosing")["rule"], count=len(weighed), chosen=len(findings))
    return findings, said


def _select(options: Sequence[_Option]) -> tuple[Chosen, ...]:
    """The rule, after places have been kept for culture and sport itself."""
    whole, own = rule(), [each.candidate for each in options if each.own]
    kept = select(own, replace(whole, least=1, most=read("choosing")["least_culture_sport"]))
    kept = tuple(each for at, each in enumerate(kept) if at == 0 or each.reason is Reason.SCORE)
    taken = {each.candidate.key for each in kept}
    themes = [each.candidate.theme for each in kept]
    full = {theme for theme in themes if themes.count(theme) >= whole.per_theme}
    good = sum(each.candidate.good_news for each in kept)
    rest = [
        each.candidate for each in options
        if each.candidate.key not in taken and each.candidate.theme not in full
    ]
    others = select(rest, replace(
        whole, least=max(whole.least - len(kept), 1), most=whole.most - len(kept),
        most_good_news=max(whole.most_good_news - good, 0),
    ))
    return tuple(sorted((*kept, *others), key=lambda each: (-each.score, each.candidate.key)))


def _one_a_story(options: list[_Option]) -> list[_Option]:
    """Of measures that tell the same story, the one with the highest score."""
    best: dict[str, _Option] = {}
    for each in options:
        held = best.get(each.story)
        if held is None or score(each.candidate, rule())[0] > score(held.candidate, rule())[0]:
            best[each.story] = each
    return [each for each in options if best[each.story] is each]


def _option(maker: Maker, scope: Scope, one: Weighed, population: Figure) -> _Option | None:
    card, measure = one.card, one.measure
    if card.finding == "never" or measure.figure.value is None or one.distance is None:
        return None
    first = measure.england
    if first is None:
        return None
    towards = _towards(maker, one)
    if towards is None or (card.finding == "need" and towards is Direction.BETTER):
        return None
    affected = _affected(maker, scope, card, one.value)
    worse_when = Verdict.RISING if card.need is Need.HIGH else Verdict.FALLING
    data = read("choosing")
    certain = first.certain
    candidate = Candidate(
        key=card.id, theme=card.theme.key, distance=distance_mark(one.distance, full=data["full_distance"]),
        certainty=certainty_mark(certain),
        size=size_mark(_excess(affected, one, card), population.value or 0.0, full=data["full_size"]),
        trend=trend_mark(one.verdict, worse_when=worse_when), good_news=towards is Direction.BETTER,
    )
    order = {"country": 0, "neighbours": 1}
    beside = sorted(measure.comparisons, key=lambda each: order.get(each.figure.place.kind, 2))
    figures = [measure.figure, *(each.figure for each in beside)]
    if affected is not None:
        figures.append(_affected_figure(maker, scope, card, measure.figure, affected))
    return _Option(
        candidate, _headline(scope, one, towards), card.id, tuple(figures), affected,
        card.people.words if card.people else "", one.verdict, worse_when, card.story,
        card.theme.side is Side.CULTURE_SPORT, _sure(card),
    )


def _sure(card: Card) -> str:
    """Why no interval judges a difference: everyone is counted, or none is published."""
    if card.source.level is Level.AREA:
        return "exact"
    return "counted" if card.kind is Kind.COUNT else "uncertain"


def _towards(maker: Maker, one: Weighed) -> Direction | None:
    """Worse or better than England, even where that may be chance; nothing where the two are about the same."""
    first = one.measure.england
    if first is None or first.direction in (Direction.WORSE, Direction.BETTER):
        return first.direction if first is not None else None
    gap = first.difference or 0.0
    if first.certain is not False or abs(gap) < small_gap(maker.held, one.card, one.value.period):
        return None
    return Direction.WORSE if gap * one.card.turn > 0 else Direction.BETTER


def _affected(maker: Maker, scope: Scope, card: Card, value: Value) -> float | None:
    """How many people the need counts: the percentage, or what is left of it, of the people it is asked of.

    A share of counts is of those who were counted then, so that a page does not give two numbers of one group.
    """
    if card.people is None or card.unit is not Unit.PERCENT or value.value is None:
        return None
    share = (value.value if card.need is Need.HIGH else 100 - value.value) / 100
    if value.made is Made.SHARE and value.n:
        return value.n * share
    found = ages_of(maker.held, scope)
    if found is None:
        return None
    return float(found[0][card.people.age_from : card.people.age_to + 1].sum()) * share


def _excess(affected: float | None, one: Weighed, card: Card) -> float | None:
    """People beyond what England's rate would give: the size of what stands out, not of the whole."""
    england = one.measure.england.figure.value if one.measure.england else None
    own = one.measure.figure.value
    if affected is None or england is None or not own:
        return None
    share = own if card.need is Need.HIGH else 100 - own
    theirs = england if card.need is Need.HIGH else 100 - england
    return affected * abs(share - theirs) / share if share else None


def _affected_figure(maker: Maker, scope: Scope, card: Card, figure: Figure, affected: float) -> Figure:
    assert card.people is not None
    return replace(
        figure, value=float(round(affected, -2)), unit=Unit.PEOPLE, lower=None, upper=None, interval_method="",
        base=say("base.affected", words=card.people.words, base=card.base),
        method=method_words("counted" if card.source.categories else "affected"),
        quality=Quality(_lower(figure.quality.grade), (*figure.quality.reasons, read("quality")["derived"])),
        decimals=0,
    )


def _lower(grade: Grade) -> Grade:
    grades = tuple(Grade)
    return grades[min(grades.index(grade) + 1, len(grades) - 1)]


def others(one: Weighed) -> str:
    """'22.3% in England and 26.1% in similar places'."""
    parts = [
        say("comparator", value=wording.spoken(each.figure), label=beside.short)
        for each, beside in zip(one.measure.comparisons, one.beside, strict=True)
        if beside.place.kind in ("country", "neighbours")
    ]
    return wording.listed(parts)


def _headline(scope: Scope, one: Weighed, towards: Direction) -> str:
    place = scope.place.name
    if one.value.wider:
        place = say("measure.wider_place", area=one.value.wider, place=place)
    short = written(one.card, one.card.short, one.measure.figure, place)
    key = "better" if towards is Direction.BETTER else "worse"
    if one.measure.england is not None and one.measure.england.certain is False:
        key = "uncertain"
    period = short_period(one.measure.figure.period)
    return sentence(say(f"finding.{key}", place=place, short=short, period=period, others=others(one)))


def _areas_option(scope: Scope, areas: Sequence[SmallArea], population: Figure) -> _Option | None:
    """Need gathered in some small areas, as a finding of its own."""
    known = [area for area in areas if area.need_decile.value is not None]
    if len(known) < 5:
        return None
    worst = [area for area in known if area.need_decile.value == 1]
    people = sum(area.population.value or 0.0 for area in worst)
    share = len(worst) / len(known)
    if not worst:
        return None
    key = "small_area_finding_all" if len(worst) == len(known) else "small_area_finding"
    key = key if len(worst) > 1 else "small_area_finding_one"
    headline = say(
        key, count=len(worst), total=len(known), place=scope.place.name, people=f"{round(people, -2):,.0f}",
        greatest=known[0].label,
    )
    candidate = Candidate(
        key=AREAS, theme=AREAS, distance=distance_mark(max(share - 0.1, 0.0) * 10, full=3.0), certainty=0.5,
        size=size_mark(people, population.value or 0.0, full=0.25), trend=0.5,
    )
    figures = (*(area.need_decile for area in known[:3]), *(area.population for area in known[:3]))
    return _Option(candidate, sentence(headline), "", figures, people, say("people.words"), None, None, INDEX,
                   own=True, sure="exact")


def _finding(option: _Option, chosen: Chosen) -> Finding:
    mark = option.candidate
    return Finding(
        headline=option.headline, card=option.card, figures=option.figures, distance=round(mark.distance, 3),
        certainty=mark.certainty, size=round(mark.size, 3), trend=mark.trend, score=round(chosen.score, 3),
        why_chosen=_why(option, chosen),
    )


def _why(option: _Option, chosen: Chosen) -> str:
    words, mark = read("choosing")["why"], option.candidate
    far = "distance_high" if mark.distance >= 0.6 else "distance_some"
    near = far if mark.distance >= 0.25 else "distance_low"
    sure = {1.0: "certain", 0.5: option.sure, 0.0: "not_certain"}[mark.certainty]
    moved = "no_trend" if mark.trend == 0.5 else "worse" if mark.trend == 1 else "better"
    reasons = [words[near], words[sure]]
    if option.affected is not None:
        people = f"{round(option.affected, -2):,.0f} {option.people_words}"
        reasons.append(fill(words["size"], people=people))
    if moved != "no_trend":
        reasons.append(words[moved])
    key = "sentence" if chosen.reason is Reason.SCORE else "filled"
    return fill(words[key], reasons=wording.listed(reasons))
