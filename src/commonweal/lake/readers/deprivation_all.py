"""The readers of the Indices of Deprivation: for each data set, every layout it comes in.

Small areas of an edition (imd-2025-lsoa) may come as a tidy copy, the ministry's File 1, 2 or 7, or as Open Data
Communities lays them out; where several are at hand the fullest stands. Slugs are the same in all of them.
"""

from __future__ import annotations

from commonweal.lake.readers import deprivation_district, deprivation_long, deprivation_lsoa, deprivation_ministry
from commonweal.lake.readers.deprivation_ways import Way, register_ways

_PARTS = (deprivation_lsoa.WAYS, deprivation_ministry.WAYS, deprivation_district.WAYS, deprivation_long.WAYS)


def _by_dataset() -> dict[str, list[Way]]:
    ways: dict[str, list[Way]] = {}
    for part in _PARTS:
        for dataset, way in part:
            ways.setdefault(dataset, []).append(way)
    return ways


for _dataset, _ways in _by_dataset().items():
    register_ways(_dataset, 1, _ways)
