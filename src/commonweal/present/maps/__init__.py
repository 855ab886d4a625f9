"""Maps of a district's small areas, drawn on the server as one SVG that needs no script."""

from __future__ import annotations

from commonweal.present.maps.choropleth import choropleth
from commonweal.present.maps.model import AreaShape, Band, Outline, Scale, Site
from commonweal.present.maps.scales import decile_scale, fifths_scale

__all__ = ["AreaShape", "Band", "Outline", "Scale", "Site", "choropleth", "decile_scale", "fifths_scale"]
