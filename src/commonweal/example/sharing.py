"""Agreements of Larkmere's partners: two in force, one of them with a processor, and one that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.actions.sharing import Described, Terms, describe_data, sign_agreement, write_agreement
from commonweal.core.actions.sharing_advice import Advised, record_advice
from commonweal.core.models import HeldDataset, SharingAgreement
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import viewer_of

if TYPE_CHECKING:
    from commonweal.example.world import World

TRUST, COUNTY = "secretary@larkmeretrust.example", "partnerships@greaterlark.example"
COUNCIL, HEALTH = "officer@larkmere.example", "strategy@larkhealth.example"
LESSONS = ({"name": "month"}, {"name": "pool"}, {"name": "age band", "personal": True},
           {"name": "small area", "personal": True}, {"name": "swimmer", "personal": True})
FREE_MEALS = ({"name": "school"}, {"name": "year group"}, {"name": "pupils", "personal": True})
CHILDREN = "Share age bands and pools or schools, and no month with fewer than five children behind it."
REFERRALS = ({"name": "month"}, {"name": "place offered"}, {"name": "age band", "personal": True},
             {"name": "reason for referral", "personal": True, "special": True},
             {"name": "surgery", "personal": True})


def build_sharing(world: World, _rng: np.random.Generator) -> None:
    """The trust shares lessons with the council; the county offers school counts to the trust."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=140)):
        lessons = _described(world, TRUST, Described(
            title="Swimming lessons, by month", fields=LESSONS, personal=True, children=True))
        terms = _terms(("month", "pool", "age band"), lessons)
        first = _written(world, TRUST, "council", "Who learns to swim", lessons, terms)
    for days, email in ((133, TRUST), (130, COUNCIL)):
        with clock.fixed(now - timedelta(days=days)):
            _signed(world, email, first)
    with clock.fixed(now - timedelta(days=12)):
        meals = _described(world, COUNTY, Described(
            title="Pupils with free meals, by school", fields=FREE_MEALS, personal=True, children=True))
        terms = _terms(("school", "pupils"), meals)
        second = _written(world, COUNTY, "trust", "Where free lessons should go", meals, terms)
    with clock.fixed(now - timedelta(days=9)):
        _signed(world, COUNTY, second)
    _referrals(world)


def _referrals(world: World) -> None:
    """Health data: the board decides, the trust finds places as it is told; signed days after its start."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=75)):
        held = _described(world, HEALTH, Described(
            title="Exercise on referral, each referral", fields=REFERRALS, special=True, health=True))
        terms = replace(
            _terms(("month", "place offered", "age band", "reason for referral"), held),
            purposes=(Purpose.PLANNING,), why="So that the trust finds each person a place that suits them.",
            condition="health-or-social-care", taker_role="processor", survives="nothing",
            retention="Until the place is taken up, then deleted",
        )
        agreement = _written(world, HEALTH, "trust", "Places for people who are referred", held, terms)
    for days, email in ((72, HEALTH), (68, TRUST)):
        with clock.fixed(now - timedelta(days=days)):
            _signed(world, email, agreement, "Share the reason in four broad groups; the trust keeps no copy.")


def _signed(world: World, email: str, agreement: SharingAgreement, advice: str = CHILDREN) -> None:
    """The officer's advice first: each shares data that asks for it."""
    by = viewer_of(world.people[email])
    advised = Advised(officer="The data protection officer", given=clock.today(), accepted=True, advice=advice)
    record_advice(by=by, agreement=agreement, number=1, advised=advised)
    sign_agreement(by=by, agreement=agreement, number=1)


def _described(world: World, email: str, told: Described) -> HeldDataset:
    assert world.partnership is not None
    return describe_data(by=viewer_of(world.people[email]), partnership=world.partnership, described=told)


def _terms(fields: tuple[str, ...], held: HeldDataset) -> Terms:
    today = clock.today()
    return Terms(
        sets={held.pk: fields}, purposes=(Purpose.ASSESSMENT, Purpose.PLANNING),
        why="To see who is missed, before prices and lessons are planned for next year.", basis="public-task",
        giver_role="controller", taker_role="controller", start=today, end=today + timedelta(days=730),
        review=today + timedelta(days=365), retention="Until the plan is agreed, then deleted",
        contact="The data protection officer of either", survives="counts",
    )


def _written(
    world: World, email: str, taker: str, title: str, held: HeldDataset, terms: Terms
) -> SharingAgreement:
    assert world.partnership is not None
    return write_agreement(
        by=viewer_of(world.people[email]), partnership=world.partnership, title=title, giver=held.organisation_id,
        taker=world.organisations[taker].pk, terms=terms,
    ).identity
