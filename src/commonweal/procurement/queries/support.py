"""Gaps between what is asked and what one's own organisation can do, the plans for them, and what was given."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import SupportGiven, SupportPlan
from commonweal.procurement.models.support import GapKind, PlanState
from commonweal.procurement.queries.consortium import (
    BriefCard,
    briefs_for,
    coverage_of,
    held_standards,
    named_organisations,
)
from commonweal.providers.classes import classified
from commonweal.providers.models import LineKind, Offer, OfferKind, ProfileLine, Provider

COMMON = 3          # plans for the same gap before it is said to anybody but those who have it
MOST_CELLS = 60     # of a brief whose uncovered part is worked out while the page waits
DOES = (LineKind.ACTIVITY, LineKind.OUTCOME, LineKind.GROUP)


@dataclass(frozen=True, slots=True)
class GapCard:
    """One thing that a commission asks and that is lacking: by one's own organisation, or by everybody."""

    commission: UUID
    title: str
    kind: GapKind
    gap: str
    ours: bool
    planned: bool


@dataclass(frozen=True, slots=True)
class Gave:
    """One thing given."""

    giver: str
    what: str
    hours: Decimal | None
    pounds: Decimal | None
    on: date


@dataclass(frozen=True, slots=True)
class PlanCard:
    """One plan: who owns it, what it takes, what was given; `whose` is empty where it is the whole place's."""

    id: UUID
    kind: str
    gap: str
    whose: str
    steps: str
    owner: str
    mentor: str
    money: Decimal | None
    money_from: str
    training: str
    training_on: date | None
    due: date
    begun_on: date
    state: PlanState
    ended_on: date | None
    took: str
    given: tuple[Gave, ...]
    late: bool
    held_now: bool      # the profile says by now that it holds what was lacking
    ours: bool

    @property
    def open(self) -> bool:
        """Whether it is under way."""
        return self.state == PlanState.OPEN

    @property
    def hours(self) -> Decimal:
        """Hours given in all."""
        return sum((one.hours or Decimal(0) for one in self.given), Decimal(0))

    @property
    def pounds(self) -> Decimal:
        """Pounds given in all."""
        return sum((one.pounds or Decimal(0) for one in self.given), Decimal(0))

    @property
    def months(self) -> int:
        """How long it took, or has taken."""
        return round(((self.ended_on or clock.today()) - self.begun_on).days / 30.44)


@dataclass(frozen=True, slots=True)
class Builder:
    """One organisation as a builder of others: what it gave, to how many plans, and how many gaps closed."""

    name: str
    hours: Decimal
    pounds: Decimal
    plans: int
    closed: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A course that plans wait for, or a gap that several have: what can be done together."""

    title: str
    count: int
    places: int | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Support:
    """All that the viewer may see of it in one partnership."""

    gaps: tuple[GapCard, ...]
    plans: tuple[PlanCard, ...]
    builders: tuple[Builder, ...]
    courses: tuple[Shared, ...]
    common: tuple[Shared, ...]


def support_for(viewer: Viewer, partnership: UUID) -> Support:
    """Gaps, plans, courses and what was given."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    plans = plans_for(viewer, partnership)
    return Support(gaps_for(viewer, partnership), plans, builders_in(viewer, partnership),
                   _courses(partnership), _common(partnership))


def plans_for(viewer: Viewer, partnership: UUID) -> tuple[PlanCard, ...]:
    """Those that the viewer may see: under way first, the first due at the top."""
    rows = list(_rows(viewer, partnership))
    held = held_standards([one.organisation_id for one in rows if one.organisation_id])
    cards = [_card(viewer, row, held) for row in rows]
    return tuple(sorted(cards, key=lambda one: (not one.open, one.due if one.open else date.max, one.gap)))


def plan_row(viewer: Viewer, partnership: UUID, plan: UUID) -> SupportPlan:
    """The row itself, for an action."""
    found: SupportPlan | None = _rows(viewer, partnership).filter(pk=plan).first()
    if found is None:
        raise NotFound("There is no such plan, or none that you may see.")
    return found


def plan_for(viewer: Viewer, partnership: UUID, plan: UUID) -> PlanCard:
    """One."""
    row = plan_row(viewer, partnership, plan)
    return _card(viewer, row, held_standards([row.organisation_id] if row.organisation_id else []))


def gaps_for(viewer: Viewer, partnership: UUID) -> tuple[GapCard, ...]:
    """Of each commission that teams are looked for: what one's own organisation lacks, what nobody covers."""
    planned = {(one.gap, one.organisation_id) for one in _rows(viewer, partnership).filter(state=PlanState.OPEN)}
    own = viewer.organisation_in(partnership)
    found: list[GapCard] = []
    for card in briefs_for(viewer, partnership):
        if card.closed:
            continue
        lacking = _own_gaps(card, own) if own and not card.bought_by_us else ()
        found += [GapCard(card.commission, card.title, kind, gap, True, (gap, own) in planned)
                  for kind, gap in lacking]
        found += [GapCard(card.commission, card.title, GapKind.CAPABILITY, gap, False, (gap, None) in planned)
                  for gap in _uncovered(viewer, partnership, card)]
    return tuple(found)


def builders_in(viewer: Viewer, partnership: UUID) -> tuple[Builder, ...]:
    """Who gave what, the most hours first; who was helped is not told, nor a giver who wants not to be seen."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = SupportGiven.objects.filter(partnership=partnership).select_related("plan", "giver")
    sums: dict[str, list[SupportGiven]] = defaultdict(list)
    names = named_organisations(viewer, partnership, {row.giver_id: row.giver.name for row in rows})
    for row in rows:
        sums[names[row.giver_id]].append(row)
    built = [_builder(name, given) for name, given in sums.items()]
    return tuple(sorted(built, key=lambda one: (-one.hours, -one.pounds, one.name)))


def _builder(name: str, given: list[SupportGiven]) -> Builder:
    plans = {row.plan_id: row.plan.state for row in given}
    return Builder(
        name, sum((row.hours or Decimal(0) for row in given), Decimal(0)),
        sum((row.pounds or Decimal(0) for row in given), Decimal(0)), len(plans),
        sum(state == PlanState.CLOSED for state in plans.values()),
    )


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = SupportPlan.objects.shared_with(viewer, partnership)
    return rows.select_related("organisation", "owner", "mentor", "training", "partnership").prefetch_related(
        "given__giver")


def _card(viewer: Viewer, row: SupportPlan, held: dict[UUID, list[str]]) -> PlanCard:
    own = viewer.organisations_in(row.partnership_id)
    texts = held.get(row.organisation_id, []) if row.organisation_id else []
    names = _names(viewer, row)
    now = row.kind == GapKind.STANDARD and row.state == PlanState.OPEN and any(
        row.gap.casefold() in text for text in texts)
    return PlanCard(
        row.pk, row.get_kind_display(), row.gap, row.organisation.name if row.organisation else "", row.steps,
        names[row.owner_id], names[row.mentor_id] if row.mentor_id else "", row.money, row.money_from,
        row.training.title if row.training else "", row.training.closes if row.training else None, row.due,
        row.begun_on, PlanState(row.state), row.ended_on, row.took,
        tuple(Gave(names[one.giver_id], one.what, one.hours, one.pounds, one.on) for one in row.given.all()),
        row.state == PlanState.OPEN and row.due < clock.today(), now,
        bool({row.organisation_id, row.owner_id, row.mentor_id} & set(own)),
    )


def _names(viewer: Viewer, row: SupportPlan) -> dict[UUID, str]:
    """Who works on a plan know each other; of a plan that all may read, who chose not to be seen is not named."""
    every = [row.owner, *([row.mentor] if row.mentor else []), *(one.giver for one in row.given.all())]
    names = {one.pk: one.name for one in every}
    return names if row.organisation_id else named_organisations(viewer, row.partnership_id, names)


def _own_gaps(card: BriefCard, own: UUID) -> tuple[tuple[GapKind, str], ...]:
    """Standards that the profile does not hold, and things that neither its words nor its registers speak of."""
    held = held_standards([own]).get(own, [])
    lacking = [
        (GapKind.STANDARD, one) for one in card.standards if not any(one.casefold() in text for text in held)
    ]
    body = Provider.objects.filter(organisation=own).first()
    said = " ".join(ProfileLine.objects.filter(profile__provider__organisation=own, kind__in=DOES).order_by(
        "id").values_list("text", flat=True)).casefold()
    classes = set(body.classes if body else ()) | set(classified(said))
    things = dict.fromkeys((line.capability, line.group) for line in card.lines)
    for capability, group in things:
        asked = set(classified(f"{capability} {group}"))
        if not (asked & classes or capability.casefold() in said):
            lacking.append((GapKind.CAPABILITY, capability))
    return tuple(lacking)


def _uncovered(viewer: Viewer, partnership: UUID, card: BriefCard) -> tuple[str, ...]:
    """What all who are willing leave undone, each thing once; large briefs say it on their own page."""
    if len(card.lines) > MOST_CELLS:
        return ()
    gaps = coverage_of(viewer, partnership, card.commission).gaps
    places: dict[str, list[str]] = defaultdict(list)
    for line, _ in gaps:
        places[line.what].append(line.area)
    return tuple(f"{what}: {', '.join(dict.fromkeys(areas))}"[:200] for what, areas in places.items())


def _courses(partnership: UUID) -> tuple[Shared, ...]:
    """Training still to come that plans wait for, and how many do."""
    rows = Offer.objects.filter(
        partnership=partnership, kind=OfferKind.TRAINING, ended=False, closes__gte=clock.today()
    )
    waits = Counter(SupportPlan.objects.filter(partnership=partnership, state=PlanState.OPEN, training__in=rows)
                    .values_list("training_id", flat=True))
    return tuple(
        Shared(row.title, waits[row.pk], row.places, row.closes) for row in rows.order_by("closes", "title")
    )


def _common(partnership: UUID) -> tuple[Shared, ...]:
    """Gaps that at least three organisations plan to close: one course for all is cheaper."""
    gaps = SupportPlan.objects.filter(partnership=partnership, state=PlanState.OPEN).exclude(organisation=None)
    whose: dict[str, set[UUID]] = defaultdict(set)
    for gap, organisation in gaps.values_list("gap", "organisation_id"):
        whose[gap.casefold()].add(organisation)
    return tuple(
        Shared(gap, len(found), None, None) for gap, found in sorted(whose.items()) if len(found) >= COMMON
    )
