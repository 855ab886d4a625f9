"""Need across the country: the page, the tiles of its map by pieces, and its table."""

from __future__ import annotations

import re
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.actions.jobs import start_job
from commonweal.core.stores import stores
from commonweal.core.viewer import SYSTEM, viewer_from
from commonweal.lake.store import Store
from commonweal.needs.background import DRAW_COUNTRY
from commonweal.needs.pages.country import country_page, districts_table, file_stem
from commonweal.needs.queries.country import Tiles, country, tiles
from commonweal.needs.views.files import sent
from commonweal.present.export_csv import csv_of

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
TILES = "application/vnd.pmtiles"
YEAR = 365 * 24 * 3600


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Where need is greatest in the country: districts as a picture and a table, small areas as a map."""
    viewer_from(request)
    store = _store()
    if store is None:
        return render(request, "needs/country_empty.html", status=404)
    found, drawn = country(store), tiles(store)
    if not drawn.ready:
        _draw(drawn)
    shown = country_page(store, found, drawn)
    return render(request, "needs/country.html", {"page": shown, "invented": found.invented})


def _draw(drawn: Tiles) -> None:
    """Have the map drawn in the background; asked for twice it is drawn once."""
    start_job(by=SYSTEM, kind=DRAW_COUNTRY, key=f"{DRAW_COUNTRY}:{drawn.key}")


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """Every district as a table to keep."""
    viewer_from(request)
    store = _store()
    if store is None:
        raise Http404("Nothing is stored yet.")
    found = country(store)
    return sent(csv_of(districts_table(found)), file_stem(found), "csv")


@require_safe
def area_tiles(request: HttpRequest) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """The map of small areas, whole or the piece a browser asks for (RFC 9110, one range)."""
    viewer_from(request)
    store = _store()
    drawn = tiles(store) if store is not None else None
    if drawn is None or not drawn.ready:
        raise Http404("The map has not been drawn yet.")
    answer = _piece(drawn.path, request.headers.get("Range", ""))
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = f'"{drawn.key}"'
    answer["Cache-Control"] = f"public, max-age={YEAR if request.GET.get('v') == drawn.key else 300}"
    return answer


def _piece(path: Path, asked: str) -> HttpResponse | FileResponse:
    size, found = path.stat().st_size, _RANGE.fullmatch(asked)
    if found is None:
        return FileResponse(path.open("rb"), content_type=TILES)
    first = int(found[1])
    last = min(int(found[2]) if found[2] else size - 1, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with path.open("rb") as file:
        file.seek(first)
        body = file.read(last - first + 1)
    return HttpResponse(
        body, status=206, content_type=TILES, headers={"Content-Range": f"bytes {first}-{last}/{size}"}
    )


def _store() -> Store | None:
    """Published data where there is any, else the example."""
    return next((store for store in stores().both if store.exists), None)
