"""The front page: choose your place, or look round the example."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonweal.core.models import Person
from commonweal.core.queries.people import example_people
from commonweal.core.queries.places import NoPlace, look_up, look_up_several, offered
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.web.forms import PlaceSearch
from commonweal.web.middleware.second_factor import on_this_computer
from commonweal.web.stage_links import country_address, place_address

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """A search box; an answer leads on, a miss offers the nearest names."""
    viewer = viewer_from(request)
    asked = "q" in request.GET
    form = PlaceSearch(request.GET if asked else None)
    context = {"form": form, "offered": _offer(viewer), "can_try": on_this_computer(request)}
    context["country_href"] = country_address()
    if not asked or not form.is_valid():
        return render(request, "web/start/start.html", context)
    answer = look_up(viewer, form.cleaned_data["q"])
    if isinstance(answer, NoPlace):
        answer = look_up_several(viewer, form.cleaned_data["q"]) or answer
    if isinstance(answer, NoPlace):
        form.add_error("q", answer.sentence)
        return render(request, "web/start/start.html", {**context, "nearest": answer.nearest})
    href = place_address(answer.code)
    if href and not answer.note:
        return redirect(href)
    return render(request, "web/start/found.html", {"found": answer, "href": href})


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """The invented people, each a pair of eyes to look through; only on the computer Commonweal runs on."""
    context = {
        "people": example_people(), "can_try": on_this_computer(request), "invented": True,
    }
    return render(request, "web/start/example.html", context)


@require_POST
def example_sign_in(request: HttpRequest, person: UUID) -> HttpResponse:
    """Sign in as one of the invented people."""
    if not on_this_computer(request):
        raise Http404
    found = Person.objects.filter(pk=person, example=True, is_active=True).first()
    if found is None:
        raise Http404
    login(request, found, backend=BACKEND)
    return redirect("web:home")


def _offer(viewer: Viewer) -> dict[str, object]:
    """What the page can offer, each example with the address of its page."""
    given = offered(viewer)
    examples = [{"name": place.name, "href": place_address(place.code)} for place in given.examples]
    return {"has_published": given.has_published, "examples": examples}
