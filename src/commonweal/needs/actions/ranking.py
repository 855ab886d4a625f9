"""A round of ranking is opened with its rule, and organisations give their order until it closes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.models import (
    Need,
    NeedState,
    NeedVersion,
    PoolingRule,
    RankedNeed,
    Ranking,
    RankingRound,
    RankingVersion,
)
from commonweal.needs.models.ranking import Side
from commonweal.needs.personal_text import personal_in

FEWEST, MOST = 2, 20
HEAVIEST = 10


class Verb(models.TextChoices):
    """The deeds of ranking."""

    OPENED = "ranking.opened"
    RANKED = "ranking.given"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What is fixed before anybody ranks; an organisation that is not in `weights` counts 1."""

    title: str
    needs: tuple[UUID, ...]
    closes: date
    rule: PoolingRule
    weights: dict[UUID, int] = field(default_factory=dict)
    weights_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An order as it was given: places from 1, equal ones level; `over` is the version that was read, or 0."""

    side: Side
    places: dict[UUID, int]
    note: str = ""
    over: int = 0


@transaction.atomic
def open_round(*, by: Viewer, partnership: Partnership, plan: RoundPlan) -> RankingRound:
    """Open a round from today over the newest versions of the needs; nothing of it can be changed afterwards."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    versions = _versions(by, partnership, plan.needs)
    _sound(plan, partnership)
    made = saved(RankingRound(
        partnership=partnership, title=plan.title.strip(), closes=plan.closes, rule=plan.rule,
        weights={str(key): weight for key, weight in plan.weights.items() if weight != 1},
        weights_reason=plan.weights_reason.strip(), opened_by=acting_person(by),
    ))
    for position, version in enumerate(versions, start=1):
        saved(RankedNeed(partnership=partnership, round=made, version=version, position=position))
    record_event(by=by, verb=Verb.OPENED, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def give_ranking(*, by: Viewer, ranked: RankingRound, given: Given) -> RankingVersion:
    """Give one's organisation's order from one perspective; again replaces it until the round closes."""
    partnership = ranked.partnership_id
    may_sign = by.may(Permission.AGREE, partnership)
    require(by, Permission.AGREE if may_sign else Permission.BRING_EVIDENCE, partnership)
    require(by, Permission.VIEW_EVIDENCE, partnership)
    organisation = _seated(by, ranked)
    _in_time(ranked)
    places = _places(ranked, given)
    row = _locked(ranked, organisation, given.side)
    latest = row.versions.order_by("-number").first()
    if (latest.number if latest else 0) != given.over:
        raise Refused("Somebody of your organisation ranked meanwhile. Read theirs, then give yours over it.")
    if latest is not None and (latest.places, latest.note) == (places, given.note.strip()):
        return latest
    version = saved(RankingVersion(
        partnership_id=partnership, identity=row, number=row.next_number(), places=places,
        note=given.note.strip(), given_by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.RANKED, subject=row, partnership=partnership, version=version.number)
    return version


def _versions(by: Viewer, partnership: Partnership, asked: tuple[UUID, ...]) -> list[NeedVersion]:
    """The newest versions of the needs asked for, in that order."""
    wanted = tuple(dict.fromkeys(asked))
    if not FEWEST <= len(wanted) <= MOST:
        raise Refused(f"Choose from {FEWEST} to {MOST} needs: people cannot put more in order with care.")
    seen = Need.objects.visible_to(by, Purpose.ASSESSMENT).exclude(state=NeedState.WITHDRAWN)
    rows = seen.filter(partnership=partnership, pk__in=wanted).values("pk")
    found = {row.identity_id: row for row in NeedVersion.objects.filter(identity__in=rows).latest_each()}
    if len(found) != len(wanted):
        raise NotFound("One of these needs is not there any more, or was withdrawn. Choose again.")
    return [found[key] for key in wanted]


def _sound(plan: RoundPlan, partnership: Partnership) -> None:
    if plan.closes < clock.today():
        raise Refused("The last day to rank has passed already. Give a day from today on.")
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership)
    known = set(seats.values_list("organisation_id", flat=True))
    if not set(plan.weights) <= known:
        raise Refused("A weight is given for an organisation that has no seat here.")
    if any(not 1 <= weight <= HEAVIEST for weight in plan.weights.values()):
        raise Refused(f"An organisation counts from 1 to {HEAVIEST}.")
    if len({plan.weights.get(key, 1) for key in known}) > 1 and not plan.weights_reason.strip():
        raise Refused("Organisations count equally unless the partners agree otherwise. Say where they agreed it.")


def _seated(by: Viewer, ranked: RankingRound) -> UUID:
    mine = acted_for(by, ranked.partnership_id)
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=ranked.partnership_id)
    if mine is None or not seats.filter(organisation=mine).exists():
        raise NotAllowed("Your organisation has no seat in this partnership.")
    return mine


def _in_time(ranked: RankingRound) -> None:
    today = clock.today()
    if ranked.closed_on(today):
        raise Refused("This round is closed. What was ranked stays as it is.")
    if not ranked.open_on(today):
        raise Refused("This round is not open yet.")


def _places(ranked: RankingRound, given: Given) -> dict[str, int]:
    known = set(ranked.needs.values_list("version__identity_id", flat=True))
    if not set(given.places) <= known:
        raise Refused("One of these needs is not in this ranked. Load the page again.")
    if not given.places:
        raise Refused("Give at least one need a place.")
    if any(not 1 <= place <= len(known) for place in given.places.values()):
        raise Refused(f"A place is a number from 1 to {len(known)}.")
    if personal_in(given.note):
        raise Refused("The reason seems to name a person, or how to reach one. Take that out: partners read it.")
    return {str(key): place for key, place in sorted(given.places.items(), key=lambda one: str(one[0]))}


def _locked(ranked: RankingRound, organisation: UUID, side: Side) -> Ranking:
    """The organisation's ranking from that perspective, begun where there is none, held until the end."""
    key = {"round": ranked, "organisation_id": organisation, "side": side}
    row: Ranking | None = Ranking.objects.select_for_update().filter(**key).first()
    return row or saved(Ranking(partnership_id=ranked.partnership_id, **key))

