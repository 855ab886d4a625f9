"""The trust and the county count whom both serve, by leisure and library cards, under their own agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.actions.linking import People, bring_link_list
from commonweal.core.actions.sharing import Described, Terms, describe_data, sign_agreement, write_agreement
from commonweal.core.models import LinkedBy, SharingAgreement
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import viewer_of
from commonweal.example.visits import content
from commonweal.needs.models import VisitSystem

if TYPE_CHECKING:
    from commonweal.example.world import World

TRUST, COUNTY = "secretary@larkmeretrust.example", "partnerships@greaterlark.example"
LIBRARY, SHARED = 12_400, 3_870  # people with a library card, and those of them with a leisure card


def build_linking(world: World, _rng: np.random.Generator) -> None:
    """Signed by both some weeks ago; each has brought the numbers of the resident's card that both use."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=33)):
        agreement = _agreed(world)
    leisure = int(content()["members"])
    with clock.fixed(now - timedelta(days=30)):
        _brought(world, TRUST, agreement, "Everybody with a leisure card", range(leisure))
    with clock.fixed(now - timedelta(days=29)):
        cards = range(leisure - SHARED, leisure - SHARED + LIBRARY)
        _brought(world, COUNTY, agreement, "Everybody with a library card", cards)


def _agreed(world: World) -> SharingAgreement:
    partnership = world.partnership
    assert partnership is not None
    trust, county, today = viewer_of(world.people[TRUST]), viewer_of(world.people[COUNTY]), clock.today()
    cards = describe_data(by=trust, partnership=partnership, described=Described(
        title="Leisure cards", fields=({"name": "card number", "personal": True},), personal=True))
    agreement = write_agreement(
        by=trust, partnership=partnership, title="Who uses both leisure centres and libraries",
        giver=cards.organisation_id, taker=world.organisations["county"].pk, terms=Terms(
            sets={cards.pk: ("card number",)}, purposes=(Purpose.ASSESSMENT,), basis="public-task", linking=True,
            why="To know how many people the two services reach together, before either is planned anew.",
            giver_role="controller", taker_role="controller", start=today, end=today + timedelta(days=365),
            review=today + timedelta(days=180), retention="Until the agreement ends, as pseudonyms alone",
            contact="The data protection officer of either",
        ),
    ).identity
    for by in (trust, county):
        sign_agreement(by=by, agreement=agreement, number=1)
    return agreement


def _brought(world: World, email: str, agreement: SharingAgreement, title: str, cards: range) -> None:
    by = viewer_of(world.people[email])
    own = by.organisation_in(agreement.partnership_id)
    system = VisitSystem.objects.filter(partnership=agreement.partnership_id, organisation=own).first()
    lines = "\n".join(f"LK{one:07d}" for one in cards)
    bring_link_list(by=by, agreement=agreement, brought=People(
        name="cards.csv", data=f"Card\n{lines}\n".encode(), title=title, identifier=LinkedBy.CARD,
        as_at=clock.today(), system=system.pk if system else None,
    ))
