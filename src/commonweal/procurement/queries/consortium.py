"""Teams for a commission: everything for those who are willing, coverage and gaps alone for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import numpy as np

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.consortium import Pool, Team, Wish, pool_of
from commonweal.procurement.models import TeamBrief, Willing
from commonweal.procurement.models.consortium import CLOSED
from commonweal.procurement.queries.team_search import NOT_ASKED, SearchCard, search_for
from commonweal.procurement.team_solving import LARGE, Teams, covered_by_all, question_of, solve, unpacked
from commonweal.providers.models import LineKind, ProfileLine, Provider

HELD = (LineKind.STANDARD, LineKind.POLICY, LineKind.INSURANCE)
UNNAMED = "A group that is not named"
DAYS_TO_PAY = 1      # months between an invoice and its payment


@dataclass(frozen=True, slots=True)
class LineCard:
    """One cell of what is needed."""

    id: UUID
    capability: str
    group: str
    area: str
    hours: Decimal

    @property
    def what(self) -> str:
        """What, and for whom."""
        return f"{self.capability} for {self.group}" if self.group else self.capability


@dataclass(frozen=True, slots=True)
class BriefCard:
    """What teams are asked for."""

    id: UUID
    commission: UUID
    title: str
    buyer: str
    purpose: str
    closed: bool
    bought_by_us: bool
    lines: tuple[LineCard, ...]
    standards: tuple[str, ...]
    partners: int | None
    exposure: Decimal
    joining: Decimal
    weeks: int
    arrears: int
    lead_turnover: Decimal | None

    @property
    def most(self) -> str:
        """The share of turnover, in words."""
        return f"{self.exposure:.0%}"

    @property
    def things(self) -> tuple[str, ...]:
        """Each thing once, in order."""
        return tuple(dict.fromkeys(line.what for line in self.lines))

    @property
    def areas(self) -> tuple[str, ...]:
        """Each place once, in order."""
        return tuple(dict.fromkeys(line.area for line in self.lines))


@dataclass(frozen=True, slots=True)
class Partner:
    """One member of a team: what it does in hours a week, its money a year, and what that is of its turnover."""

    name: str
    ours: bool
    leads: bool
    cells: tuple[tuple[LineCard, float], ...]
    hours: float
    money: float
    turnover: float
    entry: UUID | None

    @property
    def share(self) -> float:
        """Money as a share of turnover."""
        return self.money / self.turnover if self.turnover else 1.0


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team: its partners, what it costs a year, what it leaves unmet, how sure it is best.

    `lead_share` is the contract as a share of the lead's turnover, `ahead` what the lead pays out before the first
    money comes in.
    """

    partners: tuple[Partner, ...]
    money: float
    covered: dict[UUID, float]
    gaps: tuple[tuple[LineCard, float], ...]
    gap: float
    lead_share: float
    ahead: float
    ahead_share: float

    @property
    def lead(self) -> Partner | None:
        """The lead body."""
        return next((one for one in self.partners if one.leads), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the finder found for one who is willing, and why they may not be counted."""

    best: TeamCard | None
    ours: TeamCard | None
    others: tuple[TeamCard, ...]
    willing: int
    left_out: tuple[str, ...]
    sentence: str
    search: SearchCard | None = None    # where so many are willing that it is done in the background


@dataclass(frozen=True, slots=True)
class Coverage:
    """What all who are willing could cover together: hours of each cell, and no more than that."""

    covered: dict[UUID, float]
    gaps: tuple[tuple[LineCard, float], ...]
    search: SearchCard | None = None

    @property
    def known(self) -> bool:
        """Whether it is worked out: it is not yet where a long search has not ended."""
        return self.search is None or self.search.whole


def brief_for(viewer: Viewer, partnership: UUID, commission: UUID) -> BriefCard:
    """What teams are asked for, for everybody in the partnership alike."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    return _card(viewer, brief_row(viewer, partnership, commission))


def briefs_for(viewer: Viewer, partnership: UUID) -> tuple[BriefCard, ...]:
    """Every one of a partnership, those that are open to answers first."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = TeamBrief.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    cards = [_card(viewer, row) for row in rows.select_related("commission__organisation")]
    return tuple(sorted(cards, key=lambda card: (card.closed, card.title)))


def brief_row(viewer: Viewer, partnership: UUID, commission: UUID) -> TeamBrief:
    """The row itself."""
    rows = TeamBrief.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, commission=commission)
    row: TeamBrief | None = rows.select_related("commission__organisation", "partnership").first()
    if row is None:
        raise NotFound("Nobody has said yet what teams are asked for here, or you may not see it.")
    return row


def own_answer(viewer: Viewer, brief: TeamBrief) -> Willing | None:
    """Whether and how one's own organisation is willing."""
    found: Willing | None = Willing.objects.of(viewer, brief).filter(stands=True).first()
    return found


def coverage_of(viewer: Viewer, partnership: UUID, commission: UUID) -> Coverage:
    """For whoever buys and everybody else: what could be covered and what not, never by whom or how many."""
    row = brief_row(viewer, partnership, commission)
    card, pool, _, _ = pool_for(viewer, row)
    wish = wish_of(card)
    if pool.units.size <= LARGE:
        return Coverage(*_covered(card, covered_by_all(pool, wish)))
    held = search_for(row, None, question_of(pool, wish))
    team = unpacked(held.answer, pool, wish).best if held.whole else None
    return Coverage(*_covered(card, team), held) if team else Coverage({}, (), held)


def teams_for(viewer: Viewer, partnership: UUID, commission: UUID) -> Finding:
    """The best team, the best with one's own organisation in it, and others: for those who are willing."""
    row = brief_row(viewer, partnership, commission)
    mine = own_answer(viewer, row)
    if mine is None or row.commission.organisation_id in viewer.organisations_in(partnership):
        raise NotAllowed("Teams are shown to those who are willing to be in one, all of them alike.")
    card, pool, rows, out = pool_for(viewer, row)
    wish, search = wish_of(card), None
    if pool.units.size <= LARGE:
        teams = solve(pool, wish, place_of(rows, mine))
    else:
        search = search_for(row, mine.organisation_id, question_of(pool, wish))
        teams = unpacked(search.answer, pool, wish) if search != NOT_ASKED else Teams(None)
    names = _names(viewer, [one.organisation_id for one in rows])
    make = lambda team: _team(card, team, rows, names, mine) if team and team.members else None  # noqa: E731
    return Finding(make(teams.best), make(teams.ours), tuple(filter(None, map(make, teams.others))), len(rows),
                   out.get(mine.pk, ()), teams.sentence, search)


def place_of(rows: list[Willing], mine: Willing) -> int | None:
    """Where one's own organisation stands among those who count."""
    return next((at for at, one in enumerate(rows) if one.pk == mine.pk), None)


def _card(viewer: Viewer, row: TeamBrief) -> BriefCard:
    lines = tuple(LineCard(one.pk, one.capability, one.group, one.area, one.hours) for one in row.lines.all())
    told = row.commission
    return BriefCard(
        row.pk, told.pk, told.title, told.organisation.name, told.purpose, told.state in CLOSED,
        told.organisation_id in viewer.organisations_in(row.partnership_id), lines, tuple(row.standards),
        row.partners, row.exposure, row.joining, row.weeks, row.arrears, row.lead_turnover,
    )


def pool_for(viewer: Viewer, row: TeamBrief) -> tuple[BriefCard, Pool, list[Willing], dict[UUID, tuple[str, ...]]]:
    """Those who count, and why others do not."""
    card = _card(viewer, row)
    every = list(row.willing.filter(stands=True).prefetch_related("lines").order_by("organisation_id"))
    lacks = _lacking(card, every)
    rows = [one for one in every if not lacks[one.pk]]
    place = {line.id: at for at, line in enumerate(card.lines)}
    offers = [(at, place[line.pk], float(one.hours), float(one.price) * card.weeks)
              for at, one in enumerate(rows) for line in one.lines.all()]
    who, what, units, price = (np.array(part) for part in zip(*offers, strict=True)) if offers else ((),) * 4
    turnover = np.array([float(one.turnover) for one in rows])
    least = float(card.lead_turnover or 0)
    pool = pool_of(
        (who, what, units, price), limit=turnover * float(card.exposure),
        whole=[float(one.hours) for one in rows], joining=np.full(len(rows), float(card.joining)),
        leads=[one.leads and float(one.turnover) >= least for one in rows])
    return card, pool, rows, lacks


def _lacking(card: BriefCard, rows: list[Willing]) -> dict[UUID, tuple[str, ...]]:
    """What each lacks: a conflict declared, or a standard that its profile does not say it holds today."""
    held = held_standards([one.organisation_id for one in rows])
    return {one.pk: (
        *(("You declared a conflict.",) if one.conflict else ()),
        *(f"Your profile does not say that you hold “{asked}”, or it has run out." for asked in card.standards
          if not any(asked.casefold() in text for text in held.get(one.organisation_id, ())))) for one in rows}


def held_standards(organisations: list[UUID]) -> dict[UUID, list[str]]:
    """What each organisation's profile says it holds today, in small letters."""
    today = clock.today()
    held: dict[UUID, list[str]] = {}
    lines = ProfileLine.objects.filter(profile__provider__organisation__in=organisations, kind__in=HELD)
    for line in lines.select_related("profile__provider"):
        if not (line.until and line.until < today):
            whose = line.profile.provider.organisation_id
            if whose is not None:
                held.setdefault(whose, []).append(line.text.casefold())
    return held


def named_organisations(viewer: Viewer, partnership: UUID, names: dict[UUID, str]) -> dict[UUID, str]:
    """Each by its name, unless it chose in the directory not to be seen by this viewer."""
    own = set(viewer.organisations_in(partnership))
    hidden = set(Provider.objects.filter(organisation__in=names).exclude(
        pk__in=Provider.objects.visible_to(viewer).values("pk")).values_list("organisation_id", flat=True))
    return {key: UNNAMED if key in hidden - own else name for key, name in names.items()}


def wish_of(card: BriefCard) -> Wish:
    """What is needed, as the method takes it."""
    return Wish(np.array([float(line.hours) for line in card.lines]), card.partners)


def _names(viewer: Viewer, organisations: list[UUID]) -> dict[UUID, tuple[str, UUID]]:
    """Only those who may be seen: an entry that is only counted is never named."""
    rows = Provider.objects.visible_to(viewer).filter(organisation__in=organisations)
    return {row.organisation_id: (row.name, row.pk) for row in rows if row.organisation_id}


def _covered(card: BriefCard, team: Team) -> tuple[dict[UUID, float], tuple[tuple[LineCard, float], ...]]:
    pairs = [(line, float(team.unmet[at])) for at, line in enumerate(card.lines)]
    covered = {line.id: float(line.hours) - missing for line, missing in pairs}
    return covered, tuple((line, missing) for line, missing in pairs if missing > 0.01)


def _team(card: BriefCard, team: Team, rows: list[Willing], names: dict[UUID, tuple[str, UUID]], mine: Willing
          ) -> TeamCard:
    offers = [(at, line.pk) for at, one in enumerate(rows) for line in one.lines.all()]
    lines = {line.id: line for line in card.lines}
    partners = []
    for at in team.members:
        row = rows[at]
        cells = tuple((lines[line], float(team.does[place])) for place, (whose, line) in enumerate(offers)
                      if whose == at and team.does[place] > 0.01)
        hours = sum(given for _, given in cells)
        name, entry = names.get(row.organisation_id, (UNNAMED, None))
        partners.append(Partner(name, row.pk == mine.pk, at == team.lead, cells, hours,
                                hours * float(row.price) * card.weeks, float(row.turnover), entry))
    money = sum(one.money for one in partners)
    covered, gaps = _covered(card, team)
    lead = next((one for one in partners if one.leads), None)
    ahead = (money - (lead.money if lead else 0)) / 12 * (card.arrears + DAYS_TO_PAY)
    turnover = lead.turnover if lead else 0.0
    order = sorted(partners, key=lambda one: (not one.leads, -one.money))
    return TeamCard(tuple(order), money, covered, gaps, team.gap, money / turnover if turnover else 0.0, ahead,
                    ahead / turnover if turnover else 0.0)
