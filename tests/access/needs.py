"""The needs stage: pages of places, and what is kept of them."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ANYBODY, MEMBERS, WORKERS, Keys, Line, partnership, place
from tests.world import World


def kept_version(world: World) -> dict[str, object]:
    return {**partnership(world), "identity": uuid4(), "number": 1}


def unknown_place(world: World) -> dict[str, object]:
    return {"code": "E99999999", **partnership(world)}


# What the needs stage keeps and tells.
TABLE = [
    Line("needs:keep", WORKERS, 404, unknown_place),
    Line("needs:inside-place", MEMBERS - {"provider"}, 404, unknown_place),
    Line("needs:inside-file", MEMBERS - {"provider"}, 404,
         lambda world: {**unknown_place(world), "ending": "json"}),
    Line("needs:kept", MEMBERS - {"provider"}, 200, partnership),
    Line("needs:kept-version", frozenset(), 404, kept_version, seen_by=frozenset()),
    Line("needs:kept-file", frozenset(), 404, lambda world: {**kept_version(world), "ending": "json"},
         seen_by=frozenset()),
    Line("api:assessment", ANYBODY, 404, place()),
    Line("api:findings", ANYBODY, 404, place()),
    Line("api:indicators", ANYBODY),
    # the whole country (no data is loaded here)
    Line("needs:country", ANYBODY, 404),
    Line("needs:country-tiles", ANYBODY, 404),
    Line("needs:country-districts", ANYBODY, 404),
    Line("api:districts", ANYBODY, 404),
]
# Pages of places, from published data alone: the same answer for everybody (no data is loaded here).
PLACES: dict[str, Keys] = {
    "needs:place": place(), "needs:people": place(), "needs:themes": place(), "needs:theme": place(theme="x"),
    "needs:measure": place(card="x"), "needs:areas": place(), "needs:chosen": place(),
    "needs:area": place(area="x"),
    "needs:weights": place(), "needs:missed": place(), "needs:provision": place(), "needs:limits": place(),
    "needs:sources": place(), "needs:take": place(), "needs:evidence": place(), "needs:file": place(ending="json"),
    "needs:evidence-file": place(ending="pdf"), "needs:table": place(table="x"),
    "needs:reach": place(), "needs:reach-file": place(),
    "needs:need-reach": place(), "needs:need-reach-file": place(),
}
