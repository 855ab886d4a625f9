"""The needs stage's ways on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.needs.queries.capacity import own_capacity
from commonweal.needs.queries.mismatch import unserved_count
from commonweal.needs.queries.own_services import sees_own_services
from commonweal.needs.queries.relationships import Touch, contacts_for
from commonweal.needs.queries.skills import offers_for
from commonweal.needs.queries.visits import sees_visits


@home_links("needs-capacity")
def capacity(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """The self-assessment, for those who belong to an organisation here."""
    if viewer.organisation_in(partnership) is None:
        return ()
    own = own_capacity(viewer, partnership)
    left = sum(one.done is None for one in own.plan)
    count = f"{left} steps to do" if left else "" if own.result else "Ten minutes"
    href = reverse("needs:capacity", args=[partnership])
    return (
        HomeLink("need", "What holds us back, and a plan", href, count),
        HomeLink("need", "How to do each step", reverse("needs:own-toolkit", args=[partnership])),
    )


@home_links("needs-contacts")
def contacts(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Who keeps in touch with whom, and how many have nobody."""
    nobody = sum(card.touch is Touch.NOBODY for card in contacts_for(viewer, partnership))
    count = f"Nobody named for {nobody}" if nobody else ""
    return (HomeLink("people", "Keep in touch", reverse("needs:contacts", args=[partnership]), count),)


@home_links("needs-missed")
def missed(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Those who may be missed, for whoever sees the evidence."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    return (HomeLink("need", "Those who may be missed", reverse("needs:carried", args=[partnership])),)


@home_links("needs-briefings")
def briefings(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """One page for members."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    return (HomeLink("telling", "Briefings for members", reverse("needs:briefings", args=[partnership])),)


@home_links("needs-visits")
def visits(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Who comes and whom it reaches, for whoever sees the evidence or runs services."""
    if not sees_visits(viewer, partnership):
        return ()
    return (HomeLink("need", "Who comes, and who benefits", reverse("needs:visits", args=[partnership])),)


@home_links("needs-ambitions")
def ambitions(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """From an ambition to the evidence for it and against it."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    href = reverse("needs:ambitions", args=[partnership])
    return (HomeLink("need", "From an ambition: evidence for and against", href),)


@home_links("needs-priorities")
def priorities(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What drives each partner."""
    return (HomeLink("people", "What drives each partner", reverse("needs:priorities", args=[partnership])),)


@home_links("needs-cases")
def cases(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """The case to each partner, for whoever sees the evidence."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    return (HomeLink("telling", "The case to each partner", reverse("needs:cases", args=[partnership])),)


@home_links("needs-services")
def services(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What is provided beside what is needed, for whoever sees the evidence; a provider's own services."""
    if sees_own_services(viewer, partnership):
        return (HomeLink("need", "Your services, and the needs they answer",
                         reverse("needs:services", args=[partnership])),)
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    left = unserved_count(viewer, partnership)
    count = f"{left} need{'' if left == 1 else 's'} without a service" if left else ""
    return (HomeLink("need", "Needs and services", reverse("needs:services", args=[partnership]), count),)


@home_links("needs-skills")
def who_can_help(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Who lends which skill, for everybody of the partnership."""
    others = sum(not one.mine for one in offers_for(viewer, partnership))
    count = f"{others} offer{'' if others == 1 else 's'}" if others else ""
    return (HomeLink("people", "Who can help", reverse("needs:skills", args=[partnership]), count),)
