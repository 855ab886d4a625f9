"""Who can reach it: one page, and its table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.needs.pages.frame import frame
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.pages.loading import assessment_for
from commonweal.needs.pages.reach import choices, reach_for, reach_table, reach_view
from commonweal.needs.views.files import file_name, sent
from commonweal.needs.views.page import Page, place_page
from commonweal.needs.views.place import show
from commonweal.present.export_csv import csv_of


@require_safe
@place_page
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Who can reach a kind of place, by a way of going; both chosen on the page."""
    made = assessment_for(viewer_from(request), code)
    kinds, ways = choices(made, request.GET.get("kind", ""), request.GET.get("way", ""))
    kind, way = _chosen(kinds), _chosen(ways)
    found = reach_for(made, kind, way)
    href = f"{Addresses(code).page('reach-file')}?kind={kind}&way={way}"
    page = Page(
        frame(made, code, section="reach"), kinds=kinds, ways=ways,
        found=reach_view(found, made, code) if found else None,
        beside_href=f"{Addresses(code).page('need-reach')}?kind={kind}&way={way}",
        downloads=(Item("Every small area", href, detail="CSV"),) if found else (),
    )
    return show(request, made, page, "reach")


@require_safe
@place_page
def reach_file(request: HttpRequest, code: str) -> HttpResponse:
    """Every small area of the place as a table."""
    made = assessment_for(viewer_from(request), code)
    kinds, ways = choices(made, request.GET.get("kind", ""), request.GET.get("way", ""))
    kind, way = _chosen(kinds), _chosen(ways)
    found = reach_for(made, kind, way)
    if found is None:
        raise Http404("There is no such table.")
    return sent(csv_of(reach_table(found)), file_name(made, f"reach-{kind.replace('_', '-')}-{way}"), "csv")


def _chosen(choices: tuple[object, ...]) -> str:
    return next((str(one.key) for one in choices if one.chosen), "")  # type: ignore[attr-defined]
