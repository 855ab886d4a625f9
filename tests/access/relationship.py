"""How a commissioner and a provider work together: for the people of those two organisations."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import MEMBERS, Line, partnership
from tests.world import World

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.models import OrganisationKind
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.knowledge.actions.relationship import draw_topics, give_score, open_scores
from commonweal.knowledge.models import Pairing, PrivateScore, ScoreRound, Side
from commonweal.knowledge.relationship_content import questions

TALKERS = MEMBERS - {"observer", "certifier"}
NOBODY_ELSE = frozenset[str]()


def pair(world: World) -> dict[str, object]:
    """A pairing of the council that is being scored."""
    found = Pairing.objects.filter(partnership=world.partnership).first()
    if found is None:
        trust = create_organisation(by=SYSTEM, name="Testshire Leisure", kind=OrganisationKind.TRUST)
        add_organisation(by=SYSTEM, partnership=world.partnership, organisation=trust)
        found = open_scores(
            by=viewer_of(world.admin()), partnership=world.partnership, client=world.council, provider=trust
        ).pairing
    return {**partnership(world), "pairing": found.pk}


def drawn(world: World) -> dict[str, object]:
    """One whose topics are drawn."""
    keys = pair(world)
    scoring = ScoreRound.objects.get(pairing=keys["pairing"])
    if scoring.drawn_at is None:
        answers = {one.key: 3 for one in questions().questions}
        give_score(by=viewer_of(world.admin()), scoring=scoring, answers=answers)
        for at, person in enumerate(world.people.values()):
            side = Side.CLIENT if at % 2 else Side.PROVIDER
            PrivateScore.objects.update_or_create(
                round=scoring, person=person,
                defaults={"partnership": world.partnership, "side": side, "answers": answers},
            )
        draw_topics(by=viewer_of(world.admin()), scoring=scoring)
    return keys


def agenda(world: World) -> dict[str, object]:
    return {**drawn(world), "ending": "pdf"}


def no_action(world: World) -> dict[str, object]:
    return {**pair(world), "action": uuid4()}


TABLE = [
    Line("knowledge:pairings", MEMBERS, 200, partnership),
    Line("knowledge:pairing-open", TALKERS, 200, partnership),
    Line("knowledge:pairing", TALKERS, 200, pair, seen_by=NOBODY_ELSE),
    Line("knowledge:pairing-score", TALKERS, 200, pair, seen_by=NOBODY_ELSE),
    Line("knowledge:pairing-draw", TALKERS, 302, pair, "post", seen_by=NOBODY_ELSE),
    Line("knowledge:pairing-again", TALKERS, 302, pair, "post", seen_by=NOBODY_ELSE),
    Line("knowledge:pairing-agree", TALKERS, 200, pair, "post", seen_by=NOBODY_ELSE),
    Line("knowledge:pairing-done", NOBODY_ELSE, 404, no_action, "post", seen_by=NOBODY_ELSE),
    Line("knowledge:pairing-agenda", TALKERS, 200, agenda, seen_by=NOBODY_ELSE),
]
