"""The way from a partnership's home to its words."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models import TermState
from commonweal.knowledge.queries.cases import own_cases, peers_here
from commonweal.knowledge.queries.events import events_in
from commonweal.knowledge.queries.networks import networks_for
from commonweal.knowledge.queries.words import own_words


@home_links("language")
def language(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Our words, with how many are agreed."""
    agreed = sum(one.state == TermState.AGREED for one in own_words(viewer, partnership))
    href = reverse("knowledge:own-words", args=[partnership])
    return (HomeLink("need", "Our words", href, f"{agreed} agreed" if agreed else ""),)


@home_links("working-together")
def working_together(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """How a commissioner and a provider work together, for those who belong to an organisation here."""
    if not viewer.organisations_in(partnership):
        return ()
    return (HomeLink("people", "How we work together", reverse("knowledge:pairings", args=[partnership])),)


@home_links("events")
def events(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Events to come."""
    coming = sum(one.open for one in events_in(viewer, partnership))
    href = reverse("knowledge:own-events", args=[partnership])
    return (HomeLink("people", "Events", href, f"{coming} to come" if coming else ""),)


@home_links("cases")
def cases(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """The partnership's own cases, and who may be rung."""
    own, ringing = len(own_cases(viewer, partnership)), len(peers_here(viewer, partnership))
    return (
        HomeLink("telling", "Our own cases", reverse("knowledge:own-cases", args=[partnership]),
                 f"{own} written" if own else ""),
        HomeLink("people", "Peers to ring", reverse("knowledge:peers", args=[partnership]),
                 f"{ringing} offered" if ringing else ""),
    )


@home_links("networks")
def networks(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Networks of peers, with how many one is in."""
    mine = sum(one.mine for one in networks_for(viewer, partnership))
    href = reverse("knowledge:networks", args=[partnership])
    return (HomeLink("people", "Networks of peers", href, f"in {mine}" if mine else ""),)
