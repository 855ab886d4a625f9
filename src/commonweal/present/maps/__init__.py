"""Maps of a district's small areas, drawn on the server as one SVG that needs no script."""

from __future__ import annotations

from commonweal.present.chart import Chart, Message
from commonweal.present.maps.model import AreaShape, Outline, Scale, Site

__all__ = ["AreaShape", "Outline", "Scale", "Site", "choropleth", "decile_scale"]


def decile_scale(title: str = "") -> Scale:
    """Need by decile of England's small areas, in five classes of two."""
    raise NotImplementedError


def choropleth(
    message: Message,
    areas: tuple[AreaShape, ...],
    *,
    scale: Scale,
    outlines: tuple[Outline, ...] = (),
    sites: tuple[Site, ...] = (),
) -> Chart:
    """Small areas shaded by need, with outlines, a few names, and places people go."""
    raise NotImplementedError
