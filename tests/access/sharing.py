"""Sharing agreements: read by those of a party who see evidence, written, signed and ended by administrators."""

from __future__ import annotations

from datetime import timedelta

from tests.access.line import ADMIN, DATA, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.sharing import Described, Terms, describe_data, write_agreement
from commonweal.core.models import HeldDataset, OrganisationKind, SharingAgreement
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import SYSTEM, viewer_of

SEE = MEMBERS - {"provider"}


def held(world: World) -> dict[str, object]:
    row = HeldDataset.objects.filter(partnership=world.partnership).first() or describe_data(
        by=viewer_of(world.admin()), partnership=world.partnership,
        described=Described(title="Visits by month", fields=({"name": "month"},)),
    )
    return {**partnership(world), "held": row.pk}


def agreement(world: World) -> dict[str, object]:
    row = SharingAgreement.objects.filter(partnership=world.partnership).first()
    if row is None:
        board = create_organisation(by=SYSTEM, name="Testshire Health", kind=OrganisationKind.HEALTH)
        add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board)
        today = clock.today()
        row = write_agreement(
            by=viewer_of(world.admin()), partnership=world.partnership, title="Visits", giver=world.council.pk,
            taker=board.pk, terms=Terms(
                sets={held(world)["held"]: ["month"]}, purposes=(Purpose.ASSESSMENT,), why="To know need.",  # type: ignore[dict-item]
                start=today, end=today + timedelta(days=90), review=today + timedelta(days=30), retention="A year",
                contact="data@testshire.gov.uk", giver_role="controller", taker_role="controller",
            ),
        ).identity
    return {**partnership(world), "agreement": row.pk}


TABLE = [
    Line("web:sharing", SEE, 200, partnership),
    Line("web:held-add", WORKERS | {"provider"}, 200, partnership),
    Line("web:held-add", WORKERS | {"provider"}, 200, partnership, "post", {"title": ""}),
    Line("web:held", SEE, 200, held),
    Line("web:agreement-write", ADMIN, 200, partnership),
    Line("web:agreement-write", ADMIN, 200, partnership, "post", {"title": ""}),
    Line("web:agreement", SEE, 200, agreement),
    Line("web:agreement-file", SEE, 200, lambda world: {**agreement(world), "ending": "docx"}),
    Line("web:impact", SEE, 200, agreement),
    Line("web:impact-file", SEE, 200, lambda world: {**agreement(world), "ending": "docx"}),
    Line("web:impact-advise", ADMIN, 200, agreement),
    Line("web:impact-advise", ADMIN, 200, agreement, "post", {"kind": ""}),
    Line("web:agreement-rewrite", ADMIN, 200, agreement, seen_by=SEE),
    Line("web:agreement-rewrite", ADMIN, 200, agreement, "post", {"why": ""}, seen_by=SEE),
    Line("web:agreement-sign", LOGIN, 405, agreement),
    Line("web:agreement-sign", ADMIN, 302, agreement, "post", {"number": "1"}, seen_by=SEE),
    Line("web:agreement-end", ADMIN, 200, agreement, seen_by=SEE),
    Line("web:agreement-end", ADMIN, 200, agreement, "post", {"reason": ""}, seen_by=SEE),
    Line("web:linked", SEE, 200, agreement),
    Line("web:linked-bring", DATA, 200, agreement, seen_by=SEE),
    Line("web:linked-bring", DATA, 200, agreement, "post", {"title": ""}, seen_by=SEE),
]
