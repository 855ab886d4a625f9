"""Need beside what is in reach: one page of a place, and its table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.needs.content import read
from commonweal.needs.pages.frame import frame
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.pages.loading import assessment_for
from commonweal.needs.pages.need_reach import need_reach_for, need_reach_table, need_reach_view
from commonweal.needs.pages.reach import choices
from commonweal.needs.views.files import file_name, sent
from commonweal.needs.views.page import Page, place_page
from commonweal.needs.views.place import show
from commonweal.present.export_csv import csv_of


@require_safe
@place_page
def need_reach(request: HttpRequest, code: str) -> HttpResponse:
    """Which small areas have need and little in reach, and which have much and less need."""
    made = assessment_for(viewer_from(request), code)
    kinds, ways = choices(made, request.GET.get("kind", ""), request.GET.get("way", ""))
    kind, way = (next((one.key for one in some if one.chosen), "") for some in (kinds, ways))
    found = need_reach_for(made, kind, way)
    href = f"{Addresses(code).page('need-reach-file')}?kind={kind}&way={way}"
    page = Page(
        frame(made, code, section="need-reach", heading=read("need_reach")["title"], parent="reach"),
        kinds=kinds, ways=ways, found=need_reach_view(found, code) if found else None,
        downloads=(Item("Every small area", href, detail="CSV"),) if found else (),
    )
    return show(request, made, page, "need_reach")


@require_safe
@place_page
def need_reach_file(request: HttpRequest, code: str) -> HttpResponse:
    """Every small area of the place as a table."""
    made = assessment_for(viewer_from(request), code)
    kinds, ways = choices(made, request.GET.get("kind", ""), request.GET.get("way", ""))
    kind, way = (next((one.key for one in some if one.chosen), "") for some in (kinds, ways))
    found = need_reach_for(made, kind, way)
    if found is None:
        raise Http404("There is no such table.")
    name = file_name(made, f"need-and-reach-{kind.replace('_', '-')}-{way}")
    return sent(csv_of(need_reach_table(found)), name, "csv")
