"""The market: read by all who see evidence; notices are brought in by those who may upload."""

from __future__ import annotations

from tests.access.commissions import READ
from tests.access.line import DATA, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.lake.notices.model import Defect, Found, Notice, NoticeFile, Supplier
from commonweal.procurement.actions.market import bring_notices
from commonweal.procurement.models import MarketImport


def notice(at: int, **more: object) -> Notice:
    told = {
        "row": at, "key": f"n{at}", "source": "Contracts Finder", "ocid": "", "stage": "award", "published": None,
        "title": f"Notice {at}", "description": "", "buyer": "Otherham", "cpv": "92600000", "cpv_words": "Sport",
        "category": "", "method": "", "region": "North West", "value": None, "awarded": None, "starts": None,
        "ends": None, "suppliers": (Supplier("A club"),), "sme": None, "vcse": None, "address": ""}
    return Notice(**{**told, **more})  # type: ignore[arg-type]


def brought(world: World) -> MarketImport:
    """One file with one notice and one defect."""
    held = MarketImport.objects.filter(partnership=world.partnership).first()
    return held or bring_notices(
        by=viewer_of(world.admin()), partnership=world.partnership, name="one.json", sha256="a" * 64,
        file=NoticeFile(1, (notice(1),), (Found(Defect.NO_NUMBER, 1),), "lines"))


def one(world: World) -> dict[str, object]:
    return {**partnership(world), "brought": brought(world).pk}


def file(world: World) -> dict[str, object]:
    brought(world)
    return {**partnership(world), "table": "winners"}


TABLE = [
    Line("procurement:market", READ, 200, partnership),
    Line("procurement:market-bring", DATA, 200, partnership),
    Line("procurement:market-bring", DATA, 200, partnership, "post"),
    Line("procurement:market-import", READ, 200, one, seen_by=READ),
    Line("procurement:market-file", READ, 200, file),
]
