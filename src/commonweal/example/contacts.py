"""Who keeps in touch with whom in Larkmere: two have lapsed, and two wards have nobody yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from commonweal.core import clock
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.needs.actions.relationships import Keeping, Spoken, log_contact, name_contact
from commonweal.needs.queries.relationships import Touch, contacts_for

if TYPE_CHECKING:
    from commonweal.example.world import World

# Who, with which organisation, every how many weeks, how many days ago, with whom, what was said, what is next.
TOUCH = (
    ("officer@larkmere.example", "trust", 4, 9, "The chief executive",
     "The pool plant will last two years at most.", "Ask planning about the site"),
    ("officer@larkmere.example", "health", 6, 71, "The consultant", "Preventing falls comes first.", ""),
    ("officer@larkmere.example", "school", 4, 38, "The head of year 9", "A hall is free on four evenings.", ""),
    ("consultant@larkhealth.example", "county", 6, 20, "The head of partnerships", "Libraries are reviewed.", ""),
    ("director@larkva.example", "police", 8, 30, "The neighbourhood inspector",
     "Evening sport near the harbour is welcome.", ""),
)

KEEPERS = ("director@larkva.example", "consultant@larkhealth.example", "officer@larkmere.example",
           "partnerships@greaterlark.example", "chair@larkva.example")
HEARD = (
    ("The ward member", "Lighting on the way home is what people speak of."),
    ("A parish clerk", "The hall is full on Tuesdays and empty on Sundays."),
    ("The community centre", "Young people ask for evenings, not for activities."),
    ("A headteacher", "A hall is free on four evenings if somebody holds the key."),
    ("The residents' group", "They would rather be rung than written to."),
)
WITHOUT = 2  # wards for which nobody is named yet


def build_contacts(world: World, rng: np.random.Generator) -> None:
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
    _rest(world, rng)


def _rest(world: World, rng: np.random.Generator) -> None:
    """Somebody for every other organisation and ward but the last two, each spoken with since."""
    assert world.partnership is not None
    now, found = clock.now(), contacts_for(SYSTEM, world.partnership.pk)
    left = [card for card in found if card.touch is Touch.NOBODY]
    wards = [card.key for card in left if card.kind == "ward"]
    for number, card in enumerate(card for card in left if card.key not in wards[len(wards) - WITHOUT:]):
        keepers = [world.people[email] for email in KEEPERS]
        others = [one for one in keepers if not one.roles.filter(organisation_id=UUID(card.key)).exists()] if (
            card.kind == "organisation") else keepers
        keeper = others[number % len(others)]
        whom, said = HEARD[number % len(HEARD)]
        with clock.fixed(now - timedelta(days=int(rng.integers(5, 80)))):
            row = name_contact(by=viewer_of(keeper), partnership=world.partnership, key=card.key,
                               keeping=Keeping(keeper.pk, 13, whom))
            log_contact(by=viewer_of(keeper), relationship=row, spoken=Spoken(whom, said, clock.today(), "", None))
