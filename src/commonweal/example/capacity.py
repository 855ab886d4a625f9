"""Four invented partners say what holds them back; each has begun its plan and shown what it chose to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.capacity import answer_capacity, change_step, plan_steps, show_result
from commonweal.needs.capacity_content import questions

if TYPE_CHECKING:
    from commonweal.example.world import World

# Who answers for which partner, what is in its way, what it is good at, and whether it shows its result.
PARTNERS = (
    ("officer@larkmere.example", ("time", "political"), ("skills",), True),
    ("chief@larkmeretrust.example", ("data", "attitudes"), ("managerial", "time"), True),
    ("consultant@larkhealth.example", ("managerial",), ("data", "political"), True),
    ("director@larkva.example", ("skills", "time"), ("attitudes",), False),
)


def build_capacity(world: World, rng: np.random.Generator) -> None:
    """Agreed answers of four partners, a plan for each, and about half of its steps done."""
    assert world.partnership is not None
    for email, barriers, strengths, shows in PARTNERS:
        person = world.people[email]
        by = viewer_of(person)
        for question in questions():
            low, high = question.theme in barriers, question.theme in strengths
            level = int(rng.integers(0, 2)) if low else 3 if high else 2
            answer_capacity(by=by, partnership=world.partnership, question=question.key, agreed=True,
                            level=0 if low and question.key.endswith(("set-aside", "backing")) else level)
        if shows:
            show_result(by=by, partnership=world.partnership, shown=True)
        for number, step in enumerate(plan_steps(by=by, partnership=world.partnership, time="some")):
            change_step(
                by=by, partnership=world.partnership, step=step.pk, owner=person.pk if number < 3 else None,
                due=clock.today() + timedelta(days=21 * (number + 1)), done=number % 2 == 0,
            )
