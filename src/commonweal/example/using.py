"""Who opened what Larkmere's agreements share, and when: each use is written down as it is on a page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.models import HeldDataset
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import held_one
from commonweal.core.viewer import viewer_of

if TYPE_CHECKING:
    from commonweal.example.world import World

# How many days ago, who, what, for what.
USES = (
    (121, "officer@larkmere.example", "Swimming lessons, by month", Purpose.ASSESSMENT),
    (84, "officer@larkmere.example", "Calls about noise and damage, by ward", Purpose.ASSESSMENT),
    (66, "secretary@larkmeretrust.example", "Exercise on referral, each referral", Purpose.PLANNING),
    (45, "officer@larkmere.example", "Swimming lessons, by month", Purpose.PLANNING),
    (38, "secretary@larkmeretrust.example", "Exercise on referral, each referral", Purpose.PLANNING),
    (10, "secretary@larkmeretrust.example", "Exercise on referral, each referral", Purpose.PLANNING),
    (8, "officer@larkmere.example", "Calls about noise and damage, by ward", Purpose.PLANNING),
)


def build_using(world: World, _rng: np.random.Generator) -> None:
    """Each on its day, by somebody of the organisation to which it is opened."""
    assert world.partnership is not None
    held = dict(HeldDataset.objects.filter(partnership=world.partnership).values_list("title", "pk"))
    now = clock.now()
    for days, email, title, purpose in USES:
        with clock.fixed(now - timedelta(days=days)):
            held_one(viewer_of(world.people[email]), world.partnership.pk, held[title], purpose)
