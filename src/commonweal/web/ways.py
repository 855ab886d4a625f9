"""The shell's ways on from a partnership's home, beside what stands on the page anyway."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission, Role
from commonweal.core.queries.departments import commissioners
from commonweal.core.queries.neighbourhoods import how_many_neighbourhoods
from commonweal.core.queries.paid_time import paid_time_for
from commonweal.core.queries.succession import how_many_before, how_many_changed
from commonweal.core.viewer import Viewer


@home_links("shell-people")
def people(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Who commissions what, and whose time is paid for."""
    departments = sum(len(one.departments) for one in commissioners(viewer, partnership))
    entries = sum(not line.withdrawn for line in paid_time_for(viewer, partnership).lines)
    standing = how_many_neighbourhoods(viewer, partnership)
    return (
        HomeLink(
            "people", "Neighbourhoods", reverse("web:neighbourhoods", args=[partnership]),
            f"{standing} marked out" if standing else "",
        ),
        HomeLink(
            "people", "Who commissions what", reverse("web:commissioners", args=[partnership]),
            f"{departments} departments" if departments != 1 else "1 department",
        ),
        HomeLink(
            "people", "Paid time of voluntary groups", reverse("web:paid-time", args=[partnership]),
            f"{entries} entries" if entries != 1 else "1 entry",
        ),
    )


@home_links("shell-programs")
def programs(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Tokens, for whoever may make one."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    return (HomeLink("telling", "Programs that read and send", reverse("web:tokens", args=[partnership])),)


@home_links("shell-history")
def history(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What came before, where anything did."""
    before, changed = how_many_before(viewer, partnership), how_many_changed(viewer, partnership)
    if not before and not changed:
        return ()
    count = f"{before} before it" if before else f"{changed} became others"
    href = reverse("web:partnership-history", args=[partnership])
    return (HomeLink("people", "Where this partnership comes from", href, count),)


@home_links("shell-cases")
def cases(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What others did, nearest first."""
    return (HomeLink("need", "Cases like yours", reverse("web:cases-like", args=[partnership])),)


@home_links("shell-member")
def member(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """An elected member's one page."""
    if Role.ELECTED_MEMBER not in viewer.roles_in(partnership):
        return ()
    return (HomeLink("yours", "Your one page", reverse("web:member", args=[partnership])),)


@home_links("shell-own")
def own(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """One's own organisation on one screen."""
    if not viewer.may(Permission.BRING_EVIDENCE, partnership) or viewer.organisation_in(partnership) is None:
        return ()
    return (HomeLink("yours", "Our organisation on one screen", reverse("web:own-page", args=[partnership])),)


@home_links("shell-thread")
def thread(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Where everything stands; what answers what is one click further."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    href = reverse("web:one-page", args=[partnership])
    return (HomeLink("yours", "Everything on one page, and its thread", href),)


@home_links("shell-protection")
def protection(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What is kept about people, for whoever answers for it."""
    if not viewer.may(Permission.MANAGE_PARTNERSHIP, partnership):
        return ()
    return (HomeLink("people", "Data protection", reverse("web:protection", args=[partnership])),)
