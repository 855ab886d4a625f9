"""Small areas: all, one, some ticked, and under other weights."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.needs.content import read
from commonweal.needs.forms import Weights
from commonweal.needs.pages import areas as small
from commonweal.needs.pages.frame import frame
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.pages.loading import MOST_AREAS, NotAPlace, assessment_for
from commonweal.needs.pages.overview import overview_map
from commonweal.needs.pages.weights import asked_weights, moved_sentence, weights_words
from commonweal.needs.pictures import area_chart
from commonweal.needs.views.page import Page, place_page
from commonweal.needs.views.place import show
from commonweal.present.forms import ErrorLink

_CODE = re.compile(r"[A-Za-z0-9]{9}")
NONE_TICKED = ErrorLink("Tick one or more small areas, then press the button under the table", "#every-area")


@require_safe
@place_page
def areas(request: HttpRequest, code: str) -> HttpResponse:
    """Where need comes together: a map and a table one can tick."""
    found = assessment_for(viewer_from(request), code)
    to = Addresses(code)
    ordered, column, down = small.in_order(found, request.GET.get("sort", ""))
    page = Page(
        frame(found, code, section="areas"), area_heads=small.heads(column, down),
        areas=small.area_rows(ordered, code, request.GET.getlist("area")), map_downloads=(),
        sort_href=to.page("areas"),
        map=overview_map(found, code, with_sites=True),
        not_a_measure=read("index")["not_a_measure"], weights_words=weights_words(found),
        weights_href=to.page("weights"), choose_href=to.page("chosen"),
        area_downloads=(Item("Every small area", to.table("areas"), detail="CSV"),),
        errors=(NONE_TICKED,) if request.GET.get("ticked") == "none" else (),
    )
    return show(request, found, page, "areas")


@require_safe
@place_page
def chosen(request: HttpRequest, code: str) -> HttpResponse:
    """Lead on to the assessment of the areas that were ticked."""
    ticked = sorted({area.upper() for area in request.GET.getlist("area") if _CODE.fullmatch(area)})
    if not ticked:
        return redirect(f"{Addresses(code).page('areas')}?ticked=none")
    if len(ticked) > MOST_AREAS:
        raise NotAPlace(f"{len(ticked)} areas were ticked; at most {MOST_AREAS} can be assessed together.")
    return redirect(Addresses("+".join(ticked)).page())


@require_safe
@place_page
def area(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """One small area."""
    found = assessment_for(viewer_from(request), code)
    asked = small.area_of(found, area.upper())
    if asked is None:
        raise Http404("There is no such small area in this place.")
    page = Page(
        frame(found, code, section="area", heading=asked.label or asked.place.name, parent="areas"),
        sentence=small.area_sentence(asked, found.country), figures=small.area_figures(asked),
        chart=area_chart(found, asked), not_a_measure=read("index")["not_a_measure"],
    )
    return show(request, found, page, "area")


@require_safe
@place_page
def weights(request: HttpRequest, code: str) -> HttpResponse:
    """Other weights, and what moves."""
    viewer, to = viewer_from(request), Addresses(code)
    found = assessment_for(viewer, code)
    asked = any(name in request.GET for name, _ in found.weights)
    form = Weights(request.GET if asked else None, weights=found.weights)
    surrounds = frame(found, code, section="weights", heading="Change the weights", parent="areas")
    given = asked_weights(form) if asked else None
    if given is None:
        page = Page(surrounds, form=form, sentence=weights_words(found), own_href=to.page("weights"),
                    map=overview_map(found, code), moved=None)
        return show(request, found, page, "weights")
    other = assessment_for(viewer, code, weights=given)
    moved = small.moved_table(found, other)
    page = Page(surrounds, form=form, sentence=moved_sentence(found, moved), own_href=to.page("weights"),
                map=overview_map(other, code), moved=moved)
    return show(request, found, page, "weights")
