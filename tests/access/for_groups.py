"""The page for clubs and groups: open to everybody once shown; applications for a group's own people."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ADMIN, ANYBODY, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.providers.actions.help import (
    ApplicationSaid,
    OfferSaid,
    WelcomeSaid,
    keep_application,
    keep_offer,
    keep_welcome,
)
from commonweal.providers.models import Application, ApplicationState, Offer, OfferKind, Welcome

SPEAK = WORKERS | {"provider"}


def shown(world: World) -> dict[str, object]:
    if not Welcome.objects.filter(partnership=world.partnership).exists():
        keep_welcome(by=viewer_of(world.admin()), partnership=world.partnership, said=WelcomeSaid(
            words="All for groups.", name="Desk", phone="01632 960000", shown=True))
    return partnership(world)


def offer(world: World) -> dict[str, object]:
    row = Offer.objects.filter(partnership=world.partnership).first() or keep_offer(
        by=viewer_of(world.admin()), partnership=world.partnership, said=OfferSaid(
            kind=OfferKind.HELP, title="A room", words="On Sundays.", giver="Trust", source="Us"))
    return {**partnership(world), "offer": row.pk}


def still(world: World) -> dict[str, object]:
    return {**offer(world), "still": "holds"}


def application(world: World) -> dict[str, object]:
    row = Application.objects.filter(partnership=world.partnership).first() or keep_application(
        by=viewer_of(world.admin()), partnership=world.partnership, said=ApplicationSaid(
            title="Chairs", to="Fund", state=ApplicationState.THINKING))
    return {**partnership(world), "application": row.pk}


TABLE = [
    Line("procurement:stops", ANYBODY),
    Line("procurement:stop", ANYBODY, 200, shown),
    Line("procurement:stop", ANYBODY, 404, lambda world: {"partnership": uuid4()}),
    Line("api:for_groups", ANYBODY, 404, lambda world: {"partnership": uuid4()}),
    Line("providers:offers", MEMBERS, 200, partnership),
    Line("providers:welcome", ADMIN, 200, partnership),
    Line("providers:welcome", ADMIN, 200, partnership, "post", {"words": ""}),
    Line("providers:offer-new", SPEAK, 200, partnership),
    Line("providers:offer-new", SPEAK, 200, partnership, "post", {"kind": ""}),
    Line("providers:offer", SPEAK, 200, offer),
    Line("providers:offer", SPEAK, 200, offer, "post", {"kind": ""}),
    Line("providers:offer-check", LOGIN, 405, still),
    Line("providers:offer-check", SPEAK, 302, still, "post"),
    Line("providers:applications", SPEAK, 200, partnership),
    Line("providers:application-new", SPEAK, 200, partnership),
    Line("providers:application-new", SPEAK, 200, partnership, "post", {"title": ""}),
    Line("providers:application", SPEAK, 200, application),
    Line("providers:application", SPEAK, 200, application, "post", {"state": ""}),
    Line("providers:answers", SPEAK, 200, lambda world: {**partnership(world), "ending": "docx"}),
    Line("providers:application-answers", SPEAK, 200, lambda world: {**application(world), "ending": "docx"}),
]
