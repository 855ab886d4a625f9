"""What several organisations buy or run alike, found from their agreements, costed by a stated method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml

from commonweal.agreements.models import AgreementAnswers, JointProposal
from commonweal.agreements.queries.alike import alike, places_of
from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.money import financial_year
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.joint_saving import Assumed, Between, joint_saving
from commonweal.options.models import Agreement, PartyPart
from commonweal.policy.delivery_vehicles import catalogue

MONTH = timedelta(days=31)
ALIKE = "Some of it is for a place that is among those most like yours."


@dataclass(frozen=True, slots=True)
class Bought:
    """One agreement as an opportunity sees it: who pays or delivers, what in a year, when it ends."""

    id: UUID
    partnership: UUID
    title: str
    service: str
    payers: tuple[str, ...]
    deliverers: tuple[str, ...]
    yearly: float | None
    year: str
    source: str
    ends: date | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation may gain or lose, in pounds over the years assumed."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One thing to do together."""

    key: str
    kind: str
    kind_title: str
    service: str
    title: str
    why: str
    agreements: tuple[Bought, ...]
    elsewhere: int
    whole: Share | None
    shares: tuple[Share, ...]
    not_costed: str
    years: int
    needs: tuple[str, ...]
    proposed: UUID | None
    others: tuple[UUID, ...] = ()       # other partnerships that have agreements in it


@cache
def words() -> dict[str, Any]:
    """Assumptions and words."""
    text = files("commonweal.agreements.content").joinpath("joint.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def opportunities_for(viewer: Viewer, partnership: UUID) -> tuple[Opportunity, ...]:
    """From every agreement the viewer may see, here and in their other partnerships, by service."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    bought = _bought(viewer, partnership)
    by_service: dict[str, list[Bought]] = defaultdict(list)
    for one in bought:
        by_service[one.service].append(one)
    proposed = dict(JointProposal.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, withdrawn_on=None).values_list("key", "pk"))
    needs = _needs(viewer, partnership)
    found = [each for service in sorted(by_service)
             for each in _of(partnership, service, by_service[service], proposed, needs)]
    return _nearest_first(partnership, found)


def _nearest_first(partnership: UUID, found: list[Opportunity]) -> tuple[Opportunity, ...]:
    """Those with partners whose place is like one's own come first, and say so."""
    like = alike(partnership).codes
    near = {key for key, codes in places_of({key for one in found for key in one.others}).items() if codes & like}
    told = [replace(one, why=f"{one.why} {ALIKE}") if near & set(one.others) else one for one in found]
    return tuple(sorted(told, key=lambda one: not near & set(one.others)))


def opportunity_for(viewer: Viewer, partnership: UUID, key: str) -> Opportunity:
    """One of them."""
    for one in opportunities_for(viewer, partnership):
        if one.key == key:
            return one
    raise NotFound("The agreements here do not suggest this any more.")


def _of(
    partnership: UUID, service: str, bought: list[Bought], proposed: dict[str, UUID], needs: dict[UUID, list[str]],
) -> Iterator[Opportunity]:
    """Buying together, where several end near one another; running it so, and one card, where several deliver."""
    near = _near(bought)
    buyers = {name for one in near for name in one.payers}
    if any(one.partnership == partnership for one in near) and len(buyers) > 1:
        first, last = min(one.ends for one in near if one.ends), max(one.ends for one in near if one.ends)
        why = f"They end between {first:%B %Y} and {last:%B %Y}, so one purchase could follow them all."
        yield _opportunity(partnership, "purchase", service, near, why, proposed, needs)
    deliverers = {name for one in bought for name in one.deliverers}
    here = any(one.partnership == partnership for one in bought)
    payers = {name for one in bought for name in one.payers}
    if here and len(deliverers) > 1 and len(payers) > 1:
        why = f"{len(payers)} organisations pay for it and {len(deliverers)} run it, each with its own management."
        yield _opportunity(partnership, "service", service, bought, why, proposed, needs)
    if here and service in words()["cards"] and len(deliverers) > 1:
        why = f"{len(deliverers)} organisations deliver it, so one {words()['cards'][service]} could open all."
        yield _opportunity(partnership, "card", service, bought, why, proposed, needs)


def _opportunity(
    partnership: UUID, kind: str, service: str, bought: list[Bought], why: str, proposed: dict[str, UUID],
    needs: dict[UUID, list[str]],
) -> Opportunity:
    told, key = words()["kinds"][kind], f"{kind}-{service}"
    whole, shares, missing = _costed(told, bought)
    here = tuple(one for one in bought if one.partnership == partnership)
    return Opportunity(
        key, kind, told["title"], service, f"{told['title']}: {catalogue().service(service).lower()}", why, here,
        len(bought) - len(here), whole, shares, missing, told.get("years", 0),
        tuple(sorted({title for one in here for title in needs.get(one.id, ())})), proposed.get(key),
        tuple(dict.fromkeys(one.partnership for one in bought if one.partnership != partnership)),
    )


def _costed(told: dict[str, Any], bought: list[Bought]) -> tuple[Share | None, tuple[Share, ...], str]:
    """The range and each payer's share; or why there is none. What several pay is divided equally among them."""
    if "price" not in told:
        return None, (), str(words()["not_costed"])
    unknown = [one.title for one in bought if one.yearly is None]
    if unknown:
        return None, (), f"Not costed: no yearly sum is entered for {', '.join(unknown)}."
    spend: dict[str, float] = defaultdict(float)
    for one in bought:
        for name in one.payers:
            spend[name] += (one.yearly or 0.0) / len(one.payers)
    purchase, price, together = (Between(*told[name]) for name in ("purchase", "price", "together"))
    assumed = Assumed(purchase, price, together, told["years"])
    whole, shares = joint_saving(spend, assumed)
    each = tuple(_share(name, one) for name, one in sorted(shares.items()))
    return _share("", whole), each, ""


def _share(name: str, one: Between) -> Share:
    """To the nearest hundred pounds: more would claim too much."""
    return Share(name, int(round(one.low, -2)), int(round(one.high, -2)))


def _near(bought: Iterable[Bought]) -> list[Bought]:
    """Those that end soon enough to plan for, and within a year of the first of them."""
    today, told = clock.today(), words()
    last = today + told["within_months"] * MONTH
    soon = sorted((one for one in bought if one.ends and today <= one.ends <= last),
                  key=lambda one: (one.ends or date.max, one.title))
    first = soon[0].ends if soon else None
    return [one for one in soon if first and one.ends and one.ends <= first + told["apart_months"] * MONTH]


def _bought(viewer: Viewer, partnership: UUID) -> tuple[Bought, ...]:
    """Of this partnership, and of the viewer's others that are of the same sort, invented or real."""
    invented = Partnership.objects.values_list("invented", flat=True).get(pk=partnership)
    rows = Agreement.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership__invented=invented)
    running = [row for row in rows.prefetch_related("parties", "years").order_by("title", "id")
               if row.ends is None or row.ends >= clock.today()]
    return tuple(_one(row) for row in running)


def _one(row: Agreement) -> Bought:
    parties, years = sorted(row.parties.all(), key=lambda one: one.name), list(row.years.all())
    now = financial_year(clock.today())
    newest = next((one for one in reversed(years) if one.year <= now), years[0] if years else None)
    return Bought(
        row.pk, row.partnership_id, row.title, row.service,
        tuple(one.name for one in parties if one.part == PartyPart.PAYS),
        tuple(one.name for one in parties if one.part == PartyPart.DELIVERS),
        float(newest.pounds) if newest else None, newest.year if newest else "", row.source, row.ends,
    )


def _needs(viewer: Viewer, partnership: UUID) -> dict[UUID, list[str]]:
    rows = AgreementAnswers.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, removed=False, need__isnull=False)
    found: dict[UUID, list[str]] = defaultdict(list)
    for agreement, title in rows.values_list("agreement", "need__identity__title"):
        found[agreement].append(title)
    return found
