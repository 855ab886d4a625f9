"""The pages of one place's assessment."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.needs.assessment import Assessment
from commonweal.needs.pages import overview as front
from commonweal.needs.pages import people as who
from commonweal.needs.pages import provision as provided
from commonweal.needs.pages import themes as by_theme
from commonweal.needs.pages.frame import Frame, frame
from commonweal.needs.pages.keeping import insides, keepers
from commonweal.needs.pages.limits import grades_table, method_lines
from commonweal.needs.pages.links import Addresses
from commonweal.needs.pages.loading import assessment_for, moved_words
from commonweal.needs.pictures import comparison_chart, peers_chart, trend_chart
from commonweal.needs.views.page import WAS, Page, place_page


def show(request: HttpRequest, assessment: Assessment, page: Page, name: str, **more: Any) -> HttpResponse:
    """A page of the assessment."""
    context = {
        "assessment": assessment, "page": page, "invented": assessment.place.invented,
        "moved": moved_words(assessment, request.GET.get(WAS, "")), **more,
    }
    return render(request, f"needs/{name}.html", context)


@require_safe
@place_page
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, what stands out, and the map."""
    found = assessment_for(viewer_from(request), code)
    surrounds = frame(found, code, section="place")
    page = front_page(found, Addresses(code), surrounds, insides=insides(viewer_from(request), found, code))
    return show(request, found, page, "place")


def front_page(found: Assessment, to: Addresses, surrounds: Frame, **more: Any) -> Page:
    """The front of an assessment, outside or inside a partnership."""
    return Page(
        surrounds, findings=front.finding_views(found, to.code), first_figures=front.first_figures(found),
        rule_table=front.rule_table(found), downloads=to.downloads(), map=front.overview_map(found, to.code),
        areas_href=to.page("areas"), sources_href=to.page("sources"), **more,
    )


@require_safe
@place_page
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Who lives here."""
    found = assessment_for(viewer_from(request), code)
    page = Page(frame(found, code, section="people"), people=who.people_parts(found, code))
    return show(request, found, page, "people")


@require_safe
@place_page
def themes(request: HttpRequest, code: str) -> HttpResponse:
    """Two sides of need, by theme."""
    found = assessment_for(viewer_from(request), code)
    page = Page(frame(found, code, section="themes"), sides=by_theme.sides(found, code))
    return show(request, found, page, "themes")


@require_safe
@place_page
def theme(request: HttpRequest, code: str, theme: str) -> HttpResponse:
    """One theme's measures."""
    found = assessment_for(viewer_from(request), code)
    asked = by_theme.theme_of(found, theme)
    if asked is None:
        raise Http404("There is no such theme in this assessment.")
    surrounds = frame(found, code, section="theme", heading=asked.title, parent="themes")
    page = Page(surrounds, theme=asked, measures=by_theme.measure_lines(asked, code))
    return show(request, found, page, "theme")


@require_safe
@place_page
def measure(request: HttpRequest, code: str, card: str) -> HttpResponse:
    """One measure: figure, comparators, trend, quality and limits."""
    found = assessment_for(viewer_from(request), code)
    asked = by_theme.measure_of(found, card)
    if asked is None:
        raise Http404("There is no such measure in this assessment.")
    about = by_theme.card_of(card)
    compare, trend = by_theme.measure_tables(code, card)
    page = Page(
        frame(found, code, section="measure", heading=asked[1].name, parent="themes"),
        label=by_theme.label_of(asked[1]), comparison_chart=peers_chart(asked[1]) or comparison_chart(asked[1]),
        trend_chart=trend_chart(asked[1]), collect=by_theme.collecting(about), card_note=by_theme.card_note(about),
        downloads_comparison=compare, downloads_trend=trend,
    )
    return show(request, found, page, "measure", measure=asked[1])


@require_safe
@place_page
def missed(request: HttpRequest, code: str) -> HttpResponse:
    """Groups who may be missed."""
    found = assessment_for(viewer_from(request), code)
    return show(request, found, Page(frame(found, code, section="missed")), "missed")


@require_safe
@place_page
def provision(request: HttpRequest, code: str) -> HttpResponse:
    """What is known to be provided."""
    found = assessment_for(viewer_from(request), code)
    page = Page(frame(found, code, section="provision"), kinds=provided.kinds(found, code))
    return show(request, found, page, "provision")


@require_safe
@place_page
def limits(request: HttpRequest, code: str) -> HttpResponse:
    """What is not known, how to find out, and how good each part is."""
    found = assessment_for(viewer_from(request), code)
    page = Page(frame(found, code, section="limits"), grades=grades_table(found))
    return show(request, found, page, "limits")


@require_safe
@place_page
def sources(request: HttpRequest, code: str) -> HttpResponse:
    """Whose figures these are and how they were used."""
    found = assessment_for(viewer_from(request), code)
    page = Page(frame(found, code, section="sources"), method=method_lines(found))
    return show(request, found, page, "sources")


@require_safe
@place_page
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Files to take away."""
    found = assessment_for(viewer_from(request), code)
    to = Addresses(code)
    page = Page(
        frame(found, code, section="take"), downloads=to.downloads(), evidence_downloads=to.evidence_downloads(),
        evidence_href=to.page("evidence"), api_href=f"/api/places/{code}/assessment",
        keepers=keepers(viewer_from(request), found, code), insides=insides(viewer_from(request), found, code),
    )
    return show(request, found, page, "take")


@require_safe
@place_page
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """An evidence page a voluntary group may put in its own bid."""
    found = assessment_for(viewer_from(request), code)
    heading = f"Evidence of need in {found.place.name}, for a bid"
    used = {figure.source.dataset for one in found.findings for figure in one.figures}
    used |= {group.figure.source.dataset for group in found.missed if group.figure}
    page = Page(
        frame(found, code, section="evidence", heading=heading, parent="take"),
        findings=front.finding_views(found, code), evidence_downloads=Addresses(code).evidence_downloads(),
        cannot_say=found.cannot_say[:4], sources=tuple(s for s in found.sources if s.dataset in used),
    )
    return show(request, found, page, "evidence")
