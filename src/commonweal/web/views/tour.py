"""The tour of the worked example: its list of stops, going to one, and leaving it."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonweal.web.middleware.second_factor import on_this_computer
from commonweal.web.tour import address_of, names_of, person_of, tour
from commonweal.web.views.start import BACKEND

KEPT = "tour_stop"  # which stop the session stands at


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every stop with whose eyes it is seen; the buttons only on the computer that Commonweal runs on."""
    whole = tour()
    names = names_of(whole.stops)
    stops = [(one, names.get(one.who, "")) for one in whole.stops]
    return render(request, "web/tour/page.html", {
        "tour": whole, "stops": stops, "invented": True, "can_try": on_this_computer(request) and bool(names),
    })


@require_POST
def go(request: HttpRequest, stop: str) -> HttpResponse:
    """Go to a stop with the eyes of its person."""
    if not on_this_computer(request):
        raise Http404
    found = tour().stop(stop)
    person = person_of(found)
    href = address_of(found, person)
    if person is not None and request.user != person:
        login(request, person, backend=BACKEND)
    request.session[KEPT] = found.key
    return redirect(href)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Take the tour's line off; one stays signed in as whoever one is."""
    request.session.pop(KEPT, None)
    return redirect("web:tour")
