"""Who keeps in touch with whom in Larkmere: one has lapsed, the school and the wards have nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.example.geography import land
from commonweal.needs.actions.relationships import Keeping, Spoken, log_contact, name_contact

if TYPE_CHECKING:
    from commonweal.example.world import World

# Who, with which organisation, every how many weeks, how many days ago, with whom, what was said, what is next.
TOUCH = (
    ("officer@larkmere.example", "trust", 4, 9, "The chief executive",
     "The pool plant will last two years at most.", "Ask planning about the site"),
    ("officer@larkmere.example", "health", 6, 71, "The consultant", "Preventing falls comes first.", ""),
    ("consultant@larkhealth.example", "county", 6, 20, "The head of partnerships", "Libraries are reviewed.", ""),
    ("director@larkva.example", "police", 8, 30, "The neighbourhood inspector",
     "Evening sport near the harbour is welcome.", ""),
)


def build_contacts(world: World, _rng: np.random.Generator) -> None:
    """The contacts and one line of each."""
    assert world.partnership is not None
    today = clock.now()
    for email, with_key, weeks, days, whom, said, following in TOUCH:
        person, key = world.people[email], str(world.organisations[with_key].pk)
        by = viewer_of(person)
        with clock.fixed(today - timedelta(days=days)):
            row = name_contact(by=by, partnership=world.partnership, key=key,
                               keeping=Keeping(person.pk, weeks, whom))
            log_contact(by=by, relationship=row, spoken=Spoken(
                whom, said, clock.today(), following, clock.today() + timedelta(days=21) if following else None))
    with clock.fixed(today - timedelta(days=14)):
        keeper = world.people["director@larkva.example"]
        name_contact(by=viewer_of(keeper), partnership=world.partnership, key=land().main.code,
                     keeping=Keeping(keeper.pk, 13))
