"""The procurement stage's ways on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@home_links("procurement-commissions")
def commissions(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What is to be commissioned, for whoever sees the evidence; which rules apply, for everybody."""
    rules = HomeLink("buying", "Which rules apply?", reverse("procurement:rules"))
    calendar = HomeLink("buying", "Coming commissions, public", reverse("procurement:coming"))
    register = HomeLink("buying", "Contracts and grants, public", reverse("procurement:open-register"))
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return (calendar, register, rules)
    href = reverse("procurement:commissions", args=[partnership])
    market = HomeLink("buying", "Who wins what, at what price", reverse("procurement:market", args=[partnership]))
    return (HomeLink("buying", "Buy, fund or trade in proportion", href), market, calendar, register, rules)


@home_links("procurement-trades")
def trades(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Services for services, and the right to challenge, for whoever may bring something of their own."""
    if not viewer.may(Permission.BRING_EVIDENCE, partnership):
        return ()
    href = reverse("procurement:trades", args=[partnership])
    challenges = reverse("procurement:challenges", args=[partnership])
    return (HomeLink("buying", "Trade services without money", href),
            HomeLink("buying", "Challenge how a service is run", challenges))


@home_links("procurement-teams")
def teams(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Partners for a commission, for everybody alike."""
    href = reverse("procurement:teams", args=[partnership])
    links = [HomeLink("buying", "Find partners for a commission", href),
             HomeLink("buying", "Close gaps: training, mentors, money",
                      reverse("procurement:support", args=[partnership]))]
    if viewer.may(Permission.BRING_EVIDENCE, partnership) and viewer.organisation_in(partnership):
        links.append(HomeLink("yours", "Coming, and we could do it",
                              reverse("procurement:chances", args=[partnership])))
    return tuple(links)
