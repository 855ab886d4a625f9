"""Need across the country as data: the districts, as the page shows them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from commonweal.core.errors import NotFound
from commonweal.core.stores import stores
from commonweal.core.viewer import viewer_from
from commonweal.needs.queries.country import country
from commonweal.needs.replay import part_data

router = Router()


@router.get("/country/districts", response=list[dict[str, Any]], summary="Every district's share of great need")
def districts(request: HttpRequest) -> list[dict[str, Any]]:
    """Districts by the share of their small areas in the country's tenth of greatest need, the largest first.

    `share` is a figure with its base, period, source, method and grade; `worst` of `areas` make it.
    """
    viewer_from(request)
    store = next((one for one in stores().both if one.exists), None)
    if store is None:
        raise NotFound("Nothing is stored yet. Run: commonweal pull, then ask again.")
    return list(part_data(country(store).districts))
