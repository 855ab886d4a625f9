"""The published figures of a place and the research that bear on an aim: on which side each stands, by rule."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core import clock
from commonweal.core.figure import Figure, Grade, Quality
from commonweal.core.stores import stores
from commonweal.lake.places import NoSuchPlace
from commonweal.needs.ambition_words import Sought, count_words, hit
from commonweal.needs.assessment import Assessment, Comparison, Direction, Measure, Side
from commonweal.needs.card import Kind, Level, card
from commonweal.needs.content import read
from commonweal.needs.models import Bearing
from commonweal.needs.queries.ambitions import AmbitionCard
from commonweal.needs.queries.evidence import StoreEmpty
from commonweal.needs.queries.kept import kept_assessment
from commonweal.needs.wording import fill, in_sentence, sentence
from commonweal.policy.contributions import Contribution, contributions
from commonweal.present.wording import listed, spoken

STANDS = {"for": Bearing.FOR, "against": Bearing.AGAINST, "mixed": Bearing.MIXED}


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A figure of the place, and whether it speaks for the aim or against it."""

    card: str
    name: str
    says: str
    why: str
    limits: str
    figure: Figure
    bearing: Bearing
    brief: str
    quality: Quality  # of the figure beside its comparison, as a side rests on that


@dataclass(frozen=True, slots=True)
class ResearchFound:
    """A finding of research from elsewhere, on the side on which it was found to stand."""

    address: str
    title: str
    says: str
    why: str
    source: str
    quality: Quality
    bearing: Bearing


@dataclass(frozen=True, slots=True)
class Published:
    """All of it; `unmeasured` says what nobody has measured, `searched` what was looked through."""

    figures: tuple[FigureFound, ...]
    research: tuple[ResearchFound, ...]
    unmeasured: tuple[str, ...]
    searched: tuple[str, ...]


def published_for(aim: AmbitionCard, look: Sought) -> Published:
    """Figures and research for an aim; published data alone, so it is the same for everybody."""
    words = read("ambition")
    made = _assessment(aim.place_code)
    found = _measures(made, aim, look) if made else ()
    here = tuple(one for one in found if one.figure.value is not None)
    research = tuple(_research(one) for one in contributions() if one.theme == aim.theme)
    return Published(
        tuple(_figure(one, aim, look) for one in here), research,
        tuple(_unmeasured(made, found, aim, look)) + (() if research else (words["unmeasured"]["research"],)),
        (fill(words["searched"]["figures"], n=count_words("figure", len(here)), place=aim.place_name),
         fill(words["searched"]["research"], n=count_words("research", len(research)))),
    )


def _assessment(code: str) -> Assessment | None:
    """The assessment of the aim's place; nothing where its data is not held."""
    if not code:
        return None
    store = stores().for_code(code)
    if not store.exists:
        return None
    try:
        return kept_assessment(store, code, today=clock.today())
    except (NoSuchPlace, StoreEmpty):
        return None


def _measures(made: Assessment, aim: AmbitionCard, look: Sought) -> tuple[Measure, ...]:
    """Those of the theme, those that name its words, and those of its group in culture and sport."""
    return tuple(
        one for theme in made.themes for one in theme.measures
        if theme.key == aim.theme or hit(look.words, _named(one))
        or (one.side is Side.CULTURE_SPORT and hit(look.group, _named(one)))
    )


def _named(measure: Measure) -> str:
    return f"{measure.name}. {card(measure.card).noun}. {measure.figure.base}"


def _figure(measure: Measure, aim: AmbitionCard, look: Sought) -> FigureFound:
    words, figure = read("ambition")["figure"], measure.figure
    key = _stands(measure)
    beside = " ".join(one.sentence for one in _compared(measure))
    wide = bool(look.group) and not hit(look.group, _named(measure))
    return FigureFound(
        measure.card, measure.name, f"{measure.sentence} {beside}".strip(), words[key],
        fill(words["wide"], base=figure.base, who=in_sentence(aim.who)) if wide else "", figure,
        STANDS.get(key, Bearing.SILENT), _brief(measure), _quality(measure) if key in STANDS else figure.quality,
    )


def _quality(measure: Measure) -> Quality:
    """The figure's grade, one lower where its difference is of a sample or a model and has no interval."""
    quality, of = measure.figure.quality, card(measure.card)
    exact = of.kind is Kind.COUNT or of.source.level is Level.AREA
    if exact or all(one.certain is not None for one in _pointing(measure)):
        return quality
    grades = list(Grade)
    lower = grades[min(grades.index(quality.grade) + 1, len(grades) - 1)]
    return Quality(lower, (*quality.reasons, read("ambition")["figure"]["unjudged"]))


def _brief(measure: Measure) -> str:
    """The figure and what stands beside it, as short as can be."""
    words = read("ambition")["beside"]
    beside = [
        fill(words[one.direction.value], label=one.label, value=spoken(one.figure))
        for one in _compared(measure) if one.figure.value is not None
    ]
    return sentence(f"{spoken(measure.figure)}, {measure.figure.period}: {', '.join(beside)}")


def _compared(measure: Measure) -> tuple[Comparison, ...]:
    """The country, and the places most like it."""
    wanted = [one for one in measure.comparisons if one.figure.place.kind in ("country", "neighbours")]
    return tuple(wanted) or measure.comparisons[:1]


def _pointing(measure: Measure) -> tuple[Comparison, ...]:
    """Those comparisons by which a figure takes a side."""
    return tuple(one for one in _compared(measure) if one.direction in (Direction.WORSE, Direction.BETTER))


def _stands(measure: Measure) -> str:
    """For where need is greater than beside it, against where it is smaller, mixed where comparisons part."""
    if card(measure.card).resource:
        return "resource"
    pointing = {one.direction for one in _pointing(measure)}
    if not pointing:
        return "silent"
    if len(pointing) > 1:
        return "mixed"
    return "for" if Direction.WORSE in pointing else "against"


def _research(one: Contribution) -> ResearchFound:
    bearing = {"for": Bearing.FOR, "against": Bearing.AGAINST}.get(one.bearing, Bearing.MIXED)
    return ResearchFound(
        one.address, f"{one.design}, {one.year}", one.claim, sentence(one.rests_on),
        f"{one.source}, {one.year}. Not checked: {one.verification}.",
        Quality(Grade(one.grade), one.reasons), bearing,
    )


def _unmeasured(
    made: Assessment | None, found: tuple[Measure, ...], aim: AmbitionCard, look: Sought
) -> list[str]:
    """What no published figure says: of the group alone, of this place, of anybody whom nobody counts."""
    words, said = read("ambition")["unmeasured"], []
    if made is None:
        return [fill(words["no_figures"], place=aim.place_name)]
    here = [one for one in found if one.figure.value is not None]
    if not any(hit(look.group, _named(one)) for one in here):
        said.append(fill(words["group"], who=in_sentence(aim.who)))
    elsewhere = [in_sentence(one.name) for one in found if one not in here]
    if elsewhere:
        said.append(fill(words["elsewhere"], place=aim.place_name, names=listed(elsewhere), country=made.country))
    missed = [one.group for one in made.missed if one.figure is None]
    return said + ([fill(words["missed"], names="; ".join(in_sentence(one) for one in missed))] if missed else [])
