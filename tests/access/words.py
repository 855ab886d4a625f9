"""The common language: everybody's words, and a partnership's own."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ADMIN, ANYBODY, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.knowledge.actions.saying import Saying
from commonweal.knowledge.actions.terms import propose_term
from commonweal.knowledge.models import Term

SPEAKERS = MEMBERS - {"observer", "certifier"}


def word(world: World) -> dict[str, object]:
    """A word that is proposed in the partnership."""
    if not Term.objects.filter(partnership=world.partnership, slug="need").exists():
        propose_term(by=viewer_of(world.admin()), partnership=world.partnership, slug="need",
                     saying=Saying("Need", "What people must have to live well."))
    return {**partnership(world), "slug": "need"}


def nothing(world: World) -> dict[str, object]:
    return {**partnership(world), "slug": "nothing-at-all"}


TABLE = [
    Line("knowledge:plain", ANYBODY),
    Line("knowledge:plain-word", LOGIN, method="post"),
    Line("knowledge:words", ANYBODY),
    Line("knowledge:word", ANYBODY, keys=lambda world: {"slug": "need"}),
    Line("knowledge:crosswalk", ANYBODY),
    Line("knowledge:seeds-file", ANYBODY, keys=lambda world: {"ending": "csv"}),
    Line("api:words", ANYBODY),
    Line("api:one_word", ANYBODY, keys=lambda world: {"slug": "need"}),
    Line("api:explained", ANYBODY, data={"text": "the LSP"}),
    Line("api:partnership_words", MEMBERS, 200, partnership),
    Line("knowledge:own-words", MEMBERS, 200, partnership),
    Line("knowledge:own-crosswalk", MEMBERS, 200, partnership),
    Line("knowledge:own-file", MEMBERS, 200, lambda world: {**partnership(world), "ending": "csv"}),
    Line("knowledge:own-word", MEMBERS, 200, word),
    Line("knowledge:history", MEMBERS, 200, word),
    Line("knowledge:add-word", WORKERS, 200, partnership),
    Line("knowledge:change-word", WORKERS, 200, word),
    Line("knowledge:retire-word", WORKERS, 200, word),
    Line("knowledge:rule", ADMIN, 200, partnership),
    Line("knowledge:bring", WORKERS, 200, partnership),
    Line("knowledge:brought", frozenset(), 404, lambda world: {**partnership(world), "brought": uuid4()},
         seen_by=frozenset()),
    Line("knowledge:sign", ADMIN, 404, nothing, "post"),
    Line("knowledge:say", SPEAKERS, 404, nothing, "post"),
    Line("knowledge:take-back", SPEAKERS, 404, lambda world: {**partnership(world), "comment": uuid4()}, "post"),
]
