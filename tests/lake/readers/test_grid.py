"""The National Grid as longitude and latitude, against Ordnance Survey's worked example."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.lake.readers.grid import longitude_latitude


def test_the_worked_example():
    """OSGB36 E 651409.903 N 313177.270 is 52 39 28.83 N, 1 42 57.87 E in WGS84, to 5 metres."""
    lon, lat = longitude_latitude(np.array([651_409.903]), np.array([313_177.270]))
    assert lat[0] == pytest.approx(52 + 39 / 60 + 28.8282 / 3600, abs=5e-5)
    assert lon[0] == pytest.approx(1 + 42 / 60 + 57.8663 / 3600, abs=7e-5)


@pytest.mark.real_data
def test_many_points_of_a_published_file(open_published):
    """The population-weighted centres of small areas carry both; the mean difference is under 5 metres."""
    table = open_published("derived/lsoa11_pwc_england.csv").sheets[0].table.slice(0, 4000)
    east, north, lon, lat = (
        np.array(table.column(name).to_pylist(), float)
        for name in ("easting", "northing", "longitude", "latitude")
    )
    found_lon, found_lat = longitude_latitude(east, north)
    metres = np.hypot((found_lat - lat) * 111_200, (found_lon - lon) * 111_200 * np.cos(np.radians(lat)))
    assert metres.max() < 6


def test_what_is_no_number_stays_so():
    lon, lat = longitude_latitude(np.array([np.nan, 400_000.0]), np.array([100_000.0, 100_000.0]))
    assert np.isnan(lon[0])
    assert 50 < lat[1] < 51
