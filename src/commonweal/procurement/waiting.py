"""What of the procurement stage waits for somebody in a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.procurement.models import SupportPlan
from commonweal.procurement.models.support import PlanState
from commonweal.procurement.queries.challenges import challenges_for
from commonweal.procurement.queries.commissions import open_commissions_of


@waits("procurement-commissions")
def commissions(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Commissions of the viewer's own organisation of which something must be told, or the tier chosen."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    own = viewer.organisation_in(partnership)
    found = []
    for card in open_commissions_of(viewer, partnership, own):
        keys = [partnership, card.id]
        if card.found.missing:
            href = reverse("procurement:commission-facts", args=keys)
            found.append(Waiting(f"Say what is known of it: {card.title}", href, "To tell", "blue",
                                 "Its rules cannot be said yet."))
        elif card.tier is None:
            href = reverse("procurement:commission-tier", args=keys)
            found.append(Waiting(f"Choose its tier: {card.title}", href, "To choose", "blue",
                                 "The lightest that fits is proposed."))
    return tuple(found)


@waits("procurement-support")
def support(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Plans one's own organisation sees to that are past their day."""
    if not viewer.may(Permission.BRING_EVIDENCE, partnership):
        return ()
    rows = SupportPlan.objects.filter(
        partnership=partnership, state=PlanState.OPEN, owner=viewer.organisation_in(partnership),
        due__lt=clock.today())
    return tuple(
        Waiting(
            f"Say how it stands: {row.gap}",
            reverse("procurement:support-plan", args=[partnership, row.pk]),
            "Past its day",
            "yellow",
        )
        for row in rows
    )


@waits("procurement-challenges")
def challenges(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Challenges to one's own council that are not answered yet."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership) or not viewer.organisation_in(partnership):
        return ()  # whoever has not said for whom they act is asked that first
    return tuple(
        Waiting(f"Decide on a challenge: {one.service}",
                reverse("procurement:challenge", args=[partnership, one.id]), "To decide", "blue", one.sentence)
        for one in challenges_for(viewer, partnership) if one.ours and not one.verdict)
