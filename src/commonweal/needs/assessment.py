"""A needs assessment as frozen values: what every page, document and the API is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commonweal.core.figure import Figure, PlaceRef, Quality, SourceRef
from commonweal.needs.agreed import AgreedNeeds


class Side(StrEnum):
    """The two sides of one assessment (promise N4)."""

    CULTURE_SPORT = "culture_sport"  # need for culture and sport itself
    CONTRIBUTION = "contribution"    # wider need that culture and sport can help with


class Direction(StrEnum):
    """Which way a difference points, once polarity is taken into account."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"            # no difference that can be told from chance, or too small to matter where it cannot
    DIFFERENT = "different"  # neither good nor bad
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The place beside one comparator. `certain` is None where no interval is published."""

    label: str               # "England", "North West", "15 statistical neighbours"
    figure: Figure
    difference: float | None
    direction: Direction
    certain: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The place over time, with the smallest change that could be told from chance."""

    figures: tuple[Figure, ...]
    change: float | None
    detectable: float | None
    direction: Direction
    sentence: str
    england: tuple[Figure, ...] = ()     # England's own published figures of the same periods


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator for the place: figure, comparators, trend, quality and its limits."""

    card: str                # id of the indicator card
    name: str
    side: Side
    theme: str
    why_it_matters: str
    figure: Figure
    comparisons: tuple[Comparison, ...]
    trend: Trend | None
    sentence: str
    cannot_tell: tuple[str, ...]
    peers: tuple[tuple[str, float], ...] = ()  # each statistical neighbour that has a value, in the same unit
    scale: str = ""          # of a score: from where to where England's areas run, and which end is need

    @property
    def england(self) -> Comparison | None:
        """The place beside England, or beside the invented country; nothing where that has no figure."""
        return next((each for each in self.comparisons if each.figure.place.kind == "country"), None)

    @property
    def standing(self) -> Direction:
        """Worse or better than England; unknown where the two cannot be set side by side."""
        beside = self.england
        return beside.direction if beside is not None and self.figure.value is not None else Direction.UNKNOWN


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the five to nine that stand out, and the stated rule's marks that chose it."""

    headline: str            # one sentence that could be read aloud
    card: str                # the measure it opens to; empty for small-area findings
    figures: tuple[Figure, ...]
    distance: float          # each 0-1: the selection rule's parts
    certainty: float
    size: float
    trend: float
    score: float
    why_chosen: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Needs on one theme: a sentence, then its measures."""

    key: str
    title: str
    side: Side
    sentence: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One group: its number and share here, and the share it is set beside."""

    group: str
    count: Figure
    share: Figure
    comparator: Figure | None


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """Who lives here, by one characteristic."""

    key: str
    title: str
    sentence: str
    rows: tuple[PeopleRow, ...]


@dataclass(frozen=True, slots=True)
class SmallArea:
    """One small area: composite need with its band, deprivation, people."""

    place: PlaceRef
    label: str               # a name people know: ward or neighbourhood beside the code
    population: Figure
    need: Figure             # composite index score
    need_decile: Figure      # 1 = greatest need, of England's small areas
    decile_low: int          # sensitivity band: the decile under other defensible methods
    decile_high: int
    deprivation_decile: Figure
    parts: tuple[tuple[str, float], ...]  # domain -> score
    lon: float | None = None
    lat: float | None = None
    part: str = ""           # the ward it fits best, or its district where the place is several


@dataclass(frozen=True, slots=True)
class MissedGroup:
    """A group that may be missed (promise N10): how many, why, and how to reach it."""

    group: str
    sentence: str
    figure: Figure | None
    why: str
    how_to_reach: str


@dataclass(frozen=True, slots=True)
class Provision:
    """What is known to be provided, by kind."""

    kind: str
    sentence: str
    count: Figure
    per_10000: Figure | None
    comparator: Figure | None
    items: tuple[tuple[str, str, str], ...]  # name, postcode, status
    cannot_tell: str
    name: str = ""           # "Public libraries"
    sites: tuple[tuple[str, float, float], ...] = ()  # name, longitude, latitude of those in use


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known, how to find out, and the effort it takes."""

    question: str
    how: str
    effort: str
    lightest: str            # the smallest acceptable version
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole. Everything shown anywhere comes from here and from nowhere else."""

    place: PlaceRef
    made_of: tuple[PlaceRef, ...]        # districts, or small areas, the place is made of
    headline: str
    store_version: str
    method_version: str
    computed_on: date
    weights: tuple[tuple[str, float], ...]
    population: Figure
    people: tuple[PeopleTable, ...]
    findings: tuple[Finding, ...]
    selection_rule: str
    themes: tuple[Theme, ...]
    small_areas: tuple[SmallArea, ...]
    small_area_sentence: str
    missed: tuple[MissedGroup, ...]
    provision: tuple[Provision, ...]
    cannot_say: tuple[str, ...]
    gaps: tuple[Gap, ...]
    grades: tuple[tuple[str, Quality], ...]
    neighbours: tuple[PlaceRef, ...]
    sources: tuple[SourceRef, ...]
    country: str = "England"             # the country small areas are ranked over
    notes: tuple[str, ...] = ()          # e.g. "Copeland was abolished in 2023; this is Cumberland"
    agreed: AgreedNeeds | None = None    # what a partnership agreed, where it is opened inside one
