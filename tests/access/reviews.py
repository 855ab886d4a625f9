"""Reviews: read by those who see evidence, written by those who work, decided by those who decide."""

from __future__ import annotations

from datetime import date

from tests.access.line import MEMBERS, WORKERS, Line, partnership
from tests.access.performance import measured
from tests.world import World

from commonweal.core.models import Person
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.review import open_review
from commonweal.measures.models import Review, ReviewVersion
from commonweal.measures.reviewed import Reviewed, digest_of, frozen_of

READ = MEMBERS - {"provider"}
DECIDERS = frozenset({"elected_member"})


def opened(world: World) -> Review:
    held = Review.objects.filter(partnership=world.partnership).first()
    if held is not None:
        return held
    made = open_review(by=viewer_of(world.admin()), partnership=world.partnership, title="Looked at again",
                       first=date(2024, 1, 1), last=date(2024, 12, 31), agreements=(measured(world).agreement_id,))
    frozen = frozen_of(Reviewed("Looked at again", "2024", "2025-01-01", ()))
    ReviewVersion(partnership=world.partnership, identity=made, number=1, body="Cabinet", frozen=frozen,
                  decided_on=date(2025, 1, 1), recorded_by=Person.objects.get(pk=world.admin().pk),
                  digest=digest_of(frozen)).save()
    return made


def review(world: World) -> dict[str, object]:
    return {**partnership(world), "review": opened(world).pk}


def line(world: World) -> dict[str, object]:
    return {**review(world), "agreement": measured(world).agreement_id}


def version(world: World) -> dict[str, object]:
    return {**review(world), "number": 1}


TABLE = [
    Line("measures:reviews", READ, 200, partnership),
    Line("measures:review-begin", WORKERS, 200, partnership),
    Line("measures:review-begin", WORKERS, 200, partnership, "post", data={"title": ""}),
    Line("measures:review", READ, 200, review, seen_by=READ),
    Line("measures:review-judge", WORKERS, 200, line, seen_by=READ),
    Line("measures:review-judge", WORKERS, 200, line, "post", data={"verdict": "stop"}, seen_by=READ),
    Line("measures:review-decide", DECIDERS, 200, review, seen_by=READ),
    Line("measures:review-decide", DECIDERS, 200, review, "post", data={"body": ""}, seen_by=READ),
    Line("measures:review-paper", READ, 200, lambda world: {**review(world), "ending": "docx"}, seen_by=READ),
    Line("measures:review-version", READ, 200, version, seen_by=READ),
    Line("measures:review-version", READ, 404, lambda world: {**version(world), "number": 9}, seen_by=frozenset()),
    Line("measures:review-version-paper", READ, 200, lambda world: {**version(world), "ending": "docx"},
         seen_by=READ),
    Line("measures:review-carry", WORKERS, 200, version, seen_by=READ),
    Line("measures:review-carry", WORKERS, 200, version, "post", seen_by=READ),
]
