"""British National Grid to longitude and latitude, for the files that publish eastings and northings alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_AIRY = (6377563.396, 6356256.909)    # semi-axes of Airy 1830, metres
_WGS84 = (6378137.0, 6356752.314245)  # semi-axes of WGS84, metres
_SCALE, _EAST_0, _NORTH_0 = 0.9996012717, 400_000.0, -100_000.0
_PHI_0, _LAMBDA_0 = np.radians(49.0), np.radians(-2.0)
# OSGB36 to WGS84: shifts in metres, rotations in seconds of arc, scale in parts a million.
_SHIFT = (446.448, -125.157, 542.060)
_TURN = tuple(np.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_STRETCH = 1 - 20.4894e-6


def longitude_latitude(easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude in degrees (WGS84) of National Grid eastings and northings in metres.

    Inverse transverse Mercator on Airy 1830, then the seven-parameter shift: within about 5 metres, enough to say
    which small area a building stands in, not to survey it. Not-a-number stays so.
    Source: Ordnance Survey, A Guide to Coordinate Systems in Great Britain, annexes B and C.
    """
    phi, lam = _on_airy(np.asarray(easting, float), np.asarray(northing, float))
    return _on_wgs84(phi, lam)


def _on_airy(easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    a, b = _AIRY
    squared = 1 - (b / a) ** 2
    phi = _foot(northing)
    sine, tangent, secant = np.sin(phi), np.tan(phi), 1 / np.cos(phi)
    nu = a * _SCALE / np.sqrt(1 - squared * sine**2)
    rho = nu * (1 - squared) / (1 - squared * sine**2)
    eta = nu / rho - 1
    t2, t4 = tangent**2, tangent**4
    d = easting - _EAST_0
    vii = tangent / (2 * rho * nu)
    viii = tangent / (24 * rho * nu**3) * (5 + 3 * t2 + eta - 9 * t2 * eta)
    ix = tangent / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t4)
    x = secant / nu
    xi = secant / (6 * nu**3) * (nu / rho + 2 * t2)
    xii = secant / (120 * nu**5) * (5 + 28 * t2 + 24 * t4)
    xiia = secant / (5040 * nu**7) * (61 + 662 * t2 + 1320 * t4 + 720 * tangent**6)
    return (
        phi - vii * d**2 + viii * d**4 - ix * d**6,
        _LAMBDA_0 + x * d - xi * d**3 + xii * d**5 - xiia * d**7,
    )


def _foot(northing: Floats) -> Floats:
    """The latitude whose arc of meridian reaches this far north."""
    a = _AIRY[0]
    phi = _PHI_0 + (northing - _NORTH_0) / (a * _SCALE)
    for _ in range(8):
        phi = phi + (northing - _NORTH_0 - _meridian(phi)) / (a * _SCALE)
    return phi


def _meridian(phi: Floats) -> Floats:
    a, b = _AIRY
    n = (a - b) / (a + b)
    less, more = phi - _PHI_0, phi + _PHI_0
    return b * _SCALE * (
        (1 + n + 5 / 4 * (n**2 + n**3)) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
        + 15 / 8 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * more)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    )


def _on_wgs84(phi: Floats, lam: Floats) -> tuple[Floats, Floats]:
    a, b = _AIRY
    squared = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - squared * np.sin(phi) ** 2)
    x, y = nu * np.cos(phi) * np.cos(lam), nu * np.cos(phi) * np.sin(lam)
    z = (1 - squared) * nu * np.sin(phi)
    (tx, ty, tz), (rx, ry, rz) = _SHIFT, _TURN
    x2 = tx + _STRETCH * x - rz * y + ry * z
    y2 = ty + rz * x + _STRETCH * y - rx * z
    z2 = tz - ry * x + rx * y + _STRETCH * z
    a, b = _WGS84
    squared, p = 1 - (b / a) ** 2, np.hypot(x2, y2)
    north = np.arctan2(z2, p * (1 - squared))
    for _ in range(6):
        north = np.arctan2(z2 + squared * a / np.sqrt(1 - squared * np.sin(north) ** 2) * np.sin(north), p)
    return np.degrees(np.arctan2(y2, x2)), np.degrees(north)
