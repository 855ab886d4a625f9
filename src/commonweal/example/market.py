"""Notices of invented neighbours: read as any file is, slips and all, so that the market has something to show."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.lake.notices.reading import read_notices
from commonweal.procurement.actions.market import bring_notices

if TYPE_CHECKING:
    from commonweal.example.world import World

PREFIX = "ocds-example"


def build_market(world: World, _rng: np.random.Generator) -> None:
    """One file, brought in by the analyst."""
    content = yaml.safe_load(files("commonweal.example").joinpath("market.yaml").read_text("utf-8"))
    assert world.partnership is not None
    with clock.fixed(clock.now() - timedelta(days=content["days"])):
        today = clock.today()
        releases = [_release(at, line, today) for at, line in enumerate(content["notices"], start=1)]
        body = json.dumps({"releases": releases}).encode()
        with TemporaryDirectory() as folder:
            path = Path(folder) / content["file"]
            path.write_bytes(body)
            file = read_notices(path)
        bring_notices(by=viewer_of(world.people[content["who"]]), partnership=world.partnership,
                      name=content["file"], sha256=hashlib.sha256(body).hexdigest(), file=file)


def _release(at: int, line: list[Any], today: date) -> dict[str, Any]:
    buyer, title, cpv, words, pounds, days, suppliers, region, *number = line
    awarded = (today - timedelta(days=days)).isoformat()
    scheme, own = number or ("", "")
    parties = [{"id": str(place), "name": name, "roles": ["supplier"],
                "identifier": {"scheme": scheme, "id": own} if place == 0 else {}}
               for place, name in enumerate(suppliers)]
    return {
        "ocid": f"{PREFIX}-{at}", "id": f"{PREFIX}-{at}-1", "date": awarded, "tag": ["award"], "parties": parties,
        "buyer": {"name": buyer},
        "tender": {"title": title, "classification": {"scheme": "CPV", "id": cpv, "description": words},
                   "items": [{"id": "1", "deliveryAddresses": [{"region": region}]}]},
        "awards": [{"id": "1", "date": awarded, "value": {"amount": pounds, "currency": "GBP"},
                    "suppliers": [{"id": one["id"], "name": one["name"]} for one in parties]}],
    }
