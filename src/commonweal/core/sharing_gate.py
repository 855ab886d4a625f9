"""What must stand beside a version before it is signed: the advice on its impact, where its data asks for it."""

from __future__ import annotations

from uuid import UUID

from commonweal.core.models import ImpactAdvice, PartyRole, SharingVersion
from commonweal.policy.impact_assessment import FLAGS, flag_words
from commonweal.policy.sharing_words import sharing_words


def advice_waits(version: SharingVersion, organisation: UUID) -> str:
    """What an organisation must record before it signs, as a sentence; empty where nothing waits.

    Each controller records its own; a processor acts as it is told, and a controller's is enough for it.
    """
    held = [one.held for one in version.sets.select_related("held")]
    flags = [name for name in FLAGS if any(getattr(one, name) for one in held)]
    if not flags:
        return ""
    rows = ImpactAdvice.objects.filter(version=version)
    agreement = version.identity
    role = version.giver_role if organisation == agreement.giver_id else version.taker_role
    if role != PartyRole.PROCESSOR:
        rows = rows.filter(organisation=organisation)
    if rows.exists():
        return ""
    return str(sharing_words("impact_assessment")["gate"].format(flags=flag_words(flags)))
