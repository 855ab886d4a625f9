"""The theory of change: read by all who see evidence, drawn by those who work on it, answered by the asked."""

from __future__ import annotations

from tests.access.line import LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.models import Organisation, OrganisationKind
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.priorities.actions.theory import add_link, add_step, ask_review
from commonweal.priorities.models import LinkReview, StepKind, TheoryLink

READ = MEMBERS - {"provider"}


def linked(world: World) -> TheoryLink:
    by, there = viewer_of(world.admin()), world.partnership
    one = add_step(by=by, partnership=there, kind=StepKind.ACTIVITY, title="Dance class")
    two = add_step(by=by, partnership=there, kind=StepKind.OUTCOME, title="Girls dance")
    return add_link(by=by, partnership=there, before=one.pk, after=two.pk, why="It is near")


def university(world: World) -> Organisation:
    made = create_organisation(by=SYSTEM, name="Testshire University", kind=OrganisationKind.UNIVERSITY)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=made, signs_off=False)
    return made


def link(world: World) -> dict[str, object]:
    row = TheoryLink.objects.filter(partnership=world.partnership).first() or linked(world)
    return {**partnership(world), "link": row.pk}


def step(world: World) -> dict[str, object]:
    link(world)
    row = TheoryLink.objects.filter(partnership=world.partnership).first()
    assert row is not None
    return {**partnership(world), "step": row.before_id}


def review(world: World) -> dict[str, object]:
    keys, row = link(world), LinkReview.objects.filter(partnership=world.partnership).first()
    if row is None:
        row = ask_review(by=viewer_of(world.admin()), link=TheoryLink.objects.get(pk=keys["link"]),
                         organisation=university(world).pk, question="Does it hold?")
    return {**keys, "review": row.pk}


TABLE = [
    Line("priorities:theory", READ, 200, partnership),
    Line("priorities:theory-file", READ, 200, lambda world: {**partnership(world), "ending": "docx"}),
    Line("priorities:theory-step", WORKERS, 200, partnership),
    Line("priorities:theory-step", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("priorities:theory-link", WORKERS, 200, partnership),
    Line("priorities:theory-link", WORKERS, 200, partnership, "post", {"why": ""}),
    Line("priorities:theory-step-remove", LOGIN, 405, step),
    Line("priorities:theory-step-remove", WORKERS, 302, step, "post", seen_by=READ),
    Line("priorities:theory-step-say", WORKERS, 200, step, seen_by=READ),
    Line("priorities:theory-step-say", WORKERS, 200, step, "post", {"title": ""}, seen_by=READ),
    Line("priorities:theory-link-say", WORKERS, 200, link, seen_by=READ),
    Line("priorities:theory-link-say", WORKERS, 200, link, "post", {"why": ""}, seen_by=READ),
    Line("priorities:theory-link-page", READ, 200, link, seen_by=READ),
    Line("priorities:theory-link-remove", LOGIN, 405, link),
    Line("priorities:theory-link-remove", WORKERS, 302, link, "post", seen_by=READ),
    Line("priorities:theory-evidence", WORKERS, 200, link, seen_by=READ),
    Line("priorities:theory-evidence", WORKERS, 200, link, "post", {"says": ""}, seen_by=READ),
    Line("priorities:theory-review", WORKERS, 200, link, seen_by=READ),
    Line("priorities:theory-review", WORKERS, 200, link, "post", {"question": ""}, seen_by=READ),
    Line("priorities:theory-answer", frozenset(), 403, review, seen_by=READ),
    Line("priorities:theory-answer", frozenset(), 403, review, "post", {"words": ""}, seen_by=READ),
]
