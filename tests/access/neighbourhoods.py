"""Neighbourhoods: read by the partnership, marked out and given money by its administrators."""

from __future__ import annotations

from tests.access.line import ADMIN, LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core.models import Neighbourhood, PartnershipPlace


def place(world: World) -> dict[str, object]:
    return {**partnership(world), "place": PartnershipPlace.objects.get(partnership=world.partnership).pk}


def neighbourhood(world: World) -> dict[str, object]:
    row = Neighbourhood.objects.get_or_create(
        partnership=world.partnership, place_id=place(world)["place"], name="Northside", wards=["E05000001"],
        vintage=2024,
    )[0]
    return {**partnership(world), "neighbourhood": row.pk}


TABLE = [
    Line("web:neighbourhoods", MEMBERS, 200, partnership),
    Line("web:neighbourhood-add", ADMIN, 200, place),
    Line("web:neighbourhood-add", ADMIN, 200, place, "post", {"name": ""}),
    Line("web:neighbourhood-change", ADMIN, 200, neighbourhood),
    Line("web:neighbourhood-change", ADMIN, 200, neighbourhood, "post", {"name": ""}),
    Line("web:neighbourhood-budget", ADMIN, 200, neighbourhood),
    Line("web:neighbourhood-budget", ADMIN, 200, neighbourhood, "post", {"pounds": ""}),
    Line("web:neighbourhood-end", LOGIN, 405, neighbourhood),
    Line("web:neighbourhood-end", ADMIN, 302, neighbourhood, "post"),
]
