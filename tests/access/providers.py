"""The directory: what is public for everybody; lists and pairs for those who bring data; profiles for workers."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from tests.access.line import ANYBODY, DATA, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.providers.models import EntryPair, PairState, Provider, RegisterEntry, Seen

SPEAK = WORKERS | {"provider"}


def provider(world: World) -> dict[str, object]:
    row = Provider.objects.filter(name="Testshire Choir").first()
    if row is None:
        row = Provider.objects.create(name="Testshire Choir", visibility=Seen.PUBLIC, district="E07000999")
    return {"provider": row.pk}


def pair(world: World) -> dict[str, object]:
    row = EntryPair.objects.first()
    if row is None:
        one, other = (
            RegisterEntry.objects.create(
                provider_id=provider(world)["provider"], register="list", ref=ref, name=ref, title="t", digest="d",
                read_on=date(2026, 1, 1), scope=str(world.partnership.pk), partnership=world.partnership,
            ) for ref in ("one", "other")
        )
        row = EntryPair.objects.create(first=one, second=other, state=PairState.UNDECIDED, chance=0.5)
    return {**partnership(world), "pair": row.pk}


TABLE = [
    Line("providers:directory", ANYBODY),
    Line("providers:csv", ANYBODY),
    Line("providers:map", ANYBODY),
    Line("providers:map", ANYBODY, 200, data={"place": "nowhere", "q": "hidden"}),
    Line("providers:one", ANYBODY, 200, provider),
    Line("providers:one", ANYBODY, 404, lambda world: {"provider": uuid4()}),
    Line("providers:health", ANYBODY),
    Line("providers:referral", ANYBODY),
    Line("providers:referral-services", ANYBODY),
    Line("providers:referral-service", ANYBODY, 404, lambda world: {"service": uuid4()}),
    Line("providers:referral-taxonomies", ANYBODY),
    Line("providers:referral-taxonomy", ANYBODY, 404, lambda world: {"taxonomy": uuid4()}),
    Line("providers:referral-terms", ANYBODY),
    Line("providers:referral-term", ANYBODY, 404, lambda world: {"term": uuid4()}),
    Line("providers:referral-places", ANYBODY),
    Line("providers:referral-place", ANYBODY, 404, lambda world: {"place": uuid4()}),
    Line("providers:here", MEMBERS, 200, partnership),
    Line("providers:here-csv", MEMBERS, 200, partnership),
    Line("providers:here-map", MEMBERS, 200, partnership),
    Line("providers:here", MEMBERS, 200, partnership, data={"q": "hidden", "group": "older"}),
    Line("providers:who", MEMBERS, 200, partnership),
    Line("api:organisations", ANYBODY, data={"q": "hidden"}),
    Line("api:organisations_here", MEMBERS, 200, partnership, data={"group": "older"}),
    Line("api:who_could_do", MEMBERS, 200, partnership, data={"does": "music"}),
    Line("providers:bring", DATA, 200, partnership),
    Line("providers:bring", DATA, 200, partnership, "post", {"whose": ""}),
    Line("providers:pairs", DATA, 200, partnership),
    Line("providers:decide", LOGIN, 405, pair),
    Line("providers:decide", DATA, 302, pair, "post", {"same": "no"}),
    Line("providers:profile", SPEAK, 200, partnership),
    Line("providers:profile", SPEAK, 200, partnership, "post", {"about": ""}),
    Line("providers:seen", SPEAK, 200, partnership),
    Line("providers:seen", SPEAK, 200, partnership, "post", {"seen": ""}),
    Line("providers:confirm", LOGIN, 405, partnership),
]
