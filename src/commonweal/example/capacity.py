"""Five invented partners say what holds them back, two for the second time; each has begun its plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.capacity import answer_capacity, begin_again, change_step, plan_steps, show_result
from commonweal.needs.capacity_content import questions

if TYPE_CHECKING:
    from commonweal.example.world import World

# Who answers for which partner, what is in its way, what it is good at, and whether it shows its result.
PARTNERS = (
    ("officer@larkmere.example", ("time", "political"), ("skills",), True),
    ("chief@larkmeretrust.example", ("data", "attitudes"), ("managerial", "time"), True),
    ("consultant@larkhealth.example", ("managerial",), ("data", "political"), True),
    ("director@larkva.example", ("skills", "time"), ("attitudes",), False),
    ("partnerships@greaterlark.example", ("data",), ("managerial", "skills"), True),
)


FIRST_ASKED = 200  # days ago, of those who have answered twice
TWICE = ("officer@larkmere.example", "chief@larkmeretrust.example")


def _asked_before(world: World) -> None:
    """Two partners answered half a year ago as well, with more in their way; what they planned then is done."""
    assert world.partnership is not None
    there, then = world.partnership, clock.now() - timedelta(days=FIRST_ASKED)
    for email, barriers, strengths, _ in (one for one in PARTNERS if one[0] in TWICE):
        by = viewer_of(world.people[email])
        with clock.fixed(then):
            for question in questions():
                level = 0 if question.theme in barriers else 2 if question.theme in strengths else 1
                answer_capacity(by=by, partnership=there, question=question.key, agreed=True, level=level)
            steps = plan_steps(by=by, partnership=there, time="some")
        for number, step in enumerate(steps, start=1):
            with clock.fixed(then + timedelta(days=21 * number)):
                change_step(by=by, partnership=there, step=step.pk, owner=world.people[email].pk, due=step.due,
                            done=True)
        begin_again(by=by, partnership=there)


def build_capacity(world: World, rng: np.random.Generator) -> None:
    """Agreed answers of five partners, a plan for each, and about half of its steps done."""
    assert world.partnership is not None
    _asked_before(world)
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
