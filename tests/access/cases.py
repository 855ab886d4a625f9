"""Case studies: the library is everybody's; drafts, agreeing and peers are the partnership's."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ANYBODY, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.models import Organisation, OrganisationKind
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.knowledge.actions.cases import CaseSaid, write_case
from commonweal.knowledge.models import CaseStudy

WRITERS = WORKERS | {"provider"}
TALKERS = MEMBERS - {"observer", "certifier"}
SAID = CaseSaid(
    title="Testshire: a walk on Tuesdays", years="2026", services=("community",), needs=("wellbeing",),
    step="evidence", answer="People who were asked came; people who were sent a leaflet did not.",
    did="Asked at the surgery\nWalked on Tuesdays", lessons="Ask in person", results="Most came again",
    results_n="14 people",
)


def second(world: World) -> Organisation:
    found = Organisation.objects.filter(name="Testshire Walkers").first()
    if found is None:
        found = create_organisation(by=SYSTEM, name="Testshire Walkers", kind=OrganisationKind.THIRD_SECTOR)
        add_organisation(by=SYSTEM, partnership=world.partnership, organisation=found)
    return found


def case(world: World) -> dict[str, object]:
    found = CaseStudy.objects.filter(partnership=world.partnership).first() or write_case(
        by=viewer_of(world.admin()), partnership=world.partnership, said=SAID, client=world.council,
        provider=second(world),
    )
    return {**partnership(world), "case": found.pk}


def no_offer(world: World) -> dict[str, object]:
    return {**partnership(world), "offer": uuid4()}


def known(world: World) -> dict[str, object]:
    return {"key": "brentwood-leisure-trust-closed"}


TABLE = [
    Line("knowledge:cases", ANYBODY),
    Line("knowledge:case", ANYBODY, keys=known),
    Line("knowledge:case-file", ANYBODY, keys=lambda world: {**known(world), "ending": "docx"}),
    Line("api:library_cases", ANYBODY),
    Line("api:library_case", ANYBODY, keys=known),
    Line("web:cases-like", MEMBERS, 200, partnership),
    Line("knowledge:own-cases", MEMBERS, 200, partnership),
    Line("knowledge:case-write", WRITERS, 200, partnership),
    Line("knowledge:own-case", MEMBERS, 200, case),
    Line("knowledge:case-change", WRITERS, 200, case),
    Line("knowledge:case-agree", MEMBERS, 302, case, "post"),
    Line("knowledge:case-publish", MEMBERS, 302, case, "post"),
    Line("knowledge:case-withdraw", MEMBERS, 302, case, "post"),
    Line("knowledge:peers", MEMBERS, 200, partnership),
    Line("knowledge:peer-end", frozenset[str](), 404, no_offer, "post", seen_by=frozenset()),
]
