"""What speaks for an aim and what against it, always both, found by one rule and graded as everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from commonweal.core import clock
from commonweal.core.figure import Figure, Quality
from commonweal.core.viewer import Viewer
from commonweal.needs.ambition_words import count_words, sought
from commonweal.needs.content import read
from commonweal.needs.models import Bearing
from commonweal.needs.queries.ambition_published import Published, published_for
from commonweal.needs.queries.ambition_told import Told, told_for
from commonweal.needs.queries.ambitions import AmbitionCard, ambition_for
from commonweal.needs.wording import fill
from commonweal.present.wording import listed

LAST = "Z"  # what is not graded comes after what is


class Kind(StrEnum):
    """What a line of the case is."""

    EVIDENCE = "evidence"
    NEED = "need"
    FIGURE = "figure"
    RESEARCH = "research"

    @property
    def words(self) -> str:
        """Its name on the page."""
        return str(read("ambition")["kinds"][self.value])


@dataclass(frozen=True, slots=True)
class Line:
    """One thing found: what it says, why it stands where it does, how far it can be relied on."""

    kind: Kind
    key: str           # the id of evidence or a need, a card, the address of research
    title: str
    says: str
    why: str
    whose: str
    quality: Quality | None   # a need is not graded: its evidence is
    figure: Figure | None = None
    when: date | None = None
    limits: str = ""
    brief: str = ""    # what it says as short as can be, for a sheet; empty where `why` says it
    read_by: str = ""  # for the pages of those who may see it; never in a file or the data interface

    @property
    def mark(self) -> str:
        """By what it is sorted: the best grade first, on every side alike."""
        return self.quality.grade.value if self.quality else LAST


@dataclass(frozen=True, slots=True)
class CaseSide:
    """One of the two sides; where nothing stands on it, the sentence says so."""

    key: str
    title: str
    sentence: str
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if not self.sentence:
            raise ValueError("a side of a case says in words what stands on it, and above all where nothing does")


@dataclass(frozen=True, slots=True)
class Case:
    """The whole: both sides, and all else that was found. There is no case with one side."""

    card: AmbitionCard
    on: date
    supporting: CaseSide
    opposing: CaseSide
    both_ways: tuple[Line, ...]
    silent: tuple[Line, ...]
    unread: tuple[Line, ...]
    unread_more: int
    unmeasured: tuple[str, ...]
    searched: tuple[str, ...]
    terms: str
    summary: tuple[str, ...]

    @property
    def sides(self) -> tuple[CaseSide, CaseSide]:
        """Both, in the order they are always given."""
        return self.supporting, self.opposing


def case_for(viewer: Viewer, partnership: UUID, ambition: UUID) -> Case:
    """Both sides of an aim as they stand today; NotFound where the viewer may not see it."""
    card = ambition_for(viewer, partnership, ambition)
    look = sought(card.aim, card.who, card.theme, card.place_name)
    told = told_for(viewer, partnership, ambition, look)
    published = published_for(card, look)
    lines = [*(_told(one) for one in told.read), *_published(published)]
    on = {bearing: _ordered(line for said, line in lines if said is bearing) for bearing in Bearing}
    supporting, opposing = (_side(key, on[key]) for key in (Bearing.FOR, Bearing.AGAINST))
    most = read("ambition")["most"]["unread"]
    unread = tuple(_told(one)[1] for one in told.unread)
    return Case(
        card, clock.today(), supporting, opposing, on[Bearing.MIXED], on[Bearing.SILENT], unread[:most],
        max(len(unread) - most, 0), (*told.unasked, *published.unmeasured), (*told.searched, *published.searched),
        fill(read("ambition")["searched"]["terms"], terms=", ".join(look.terms)),
        _summary(supporting, opposing, len(on[Bearing.MIXED]), len(unread)),
    )


def _told(one: Told) -> tuple[Bearing | None, Line]:
    kind = Kind.NEED if one.need else Kind.EVIDENCE
    return one.bearing, Line(
        kind, str(one.key), one.title, one.says, one.why, one.whose, one.quality, when=one.when,
        limits=one.limits, read_by=one.read_by,
    )


def _published(found: Published) -> list[tuple[Bearing, Line]]:
    figures = [
        (one.bearing, Line(Kind.FIGURE, one.card, one.name, one.says, one.why, one.figure.source.publisher,
                           one.quality, one.figure, limits=one.limits, brief=one.brief))
        for one in found.figures
    ]
    return figures + [
        (one.bearing, Line(Kind.RESEARCH, one.address, one.title, one.says, one.why, one.source, one.quality,
                           brief=one.says))
        for one in found.research
    ]


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The best grade first, then by kind and title: the same for either side."""
    kinds = list(Kind)
    return tuple(sorted(lines, key=lambda one: (one.mark, kinds.index(one.kind), one.title)))


def _side(key: Bearing, lines: tuple[Line, ...]) -> CaseSide:
    words = read("ambition")
    return CaseSide(key.value, words["sides"][key], _counted(key, lines) or words["empty"][key], lines)


def _counted(key: Bearing, lines: tuple[Line, ...]) -> str:
    """How many of each kind stand on a side, and the best grade among them; empty where none do."""
    if not lines:
        return ""
    words, number = read("ambition"), Counter(line.kind for line in lines)
    parts = listed([count_words(kind.value, number[kind]) for kind in Kind if number[kind]])
    best = min(line.mark for line in lines)
    shape = words["summary"]["ungraded" if best == LAST else "side"]
    return fill(shape, side=words["summary"]["names"][key], parts=parts, best=best,
                speak="speaks" if len(lines) == 1 else "speak")


def _summary(supporting: CaseSide, opposing: CaseSide, both: int, unread: int) -> tuple[str, ...]:
    """Both sides in a sentence each, then what stands on neither."""
    words = read("ambition")["summary"]
    more = [fill(words["both"], n=both, speak="speaks" if both == 1 else "speak")] if both else []
    return (supporting.sentence, opposing.sentence, *more, *([fill(words["unread"], n=unread)] if unread else ()))
