"""Where a system's visits lie, and the deciles of deprivation its homes are placed by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from commonweal.core.stores import own_store
from commonweal.lake.visits.store import VisitStore
from commonweal.needs.card import card
from commonweal.needs.models import VisitSystem
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.values import key_of


def visit_store(system: VisitSystem) -> VisitStore:
    """The visits of one system; its organisation is the data controller."""
    return VisitStore(own_store(system.partnership_id).root, str(system.organisation_id), system.key)


def deciles_of(held: Evidence) -> Mapping[str, int]:
    """Tenths of deprivation by small area, 1 the worst off; empty where they are not held."""
    column = held.small.columns.get(key_of(card("worst-tenth")))
    if column is None:
        return {}
    known = np.isfinite(column.values)
    areas = held.geography.areas[known].tolist()
    return dict(zip(map(str, areas), column.values[known].astype(int).tolist(), strict=True))
