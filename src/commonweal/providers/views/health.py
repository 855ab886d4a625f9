"""How the sector of a place does, by published registers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.places import Found, look_up
from commonweal.core.viewer import ANONYMOUS
from commonweal.providers.queries.health import sector_health
from commonweal.providers.queries.places import districts_under


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The charities of a place; the same numbers for everybody, whoever looks."""
    named = request.GET.get("place", "")[:100].replace("\x00", "").strip()
    context: dict[str, object] = {"named": named}
    if named:
        place = look_up(ANONYMOUS, named)
        if isinstance(place, Found):
            invented = place.code.startswith("Z")
            districts = districts_under(place.code)
            context |= {"place": place.name, "invented": invented,
                        "health": sector_health(ANONYMOUS, districts, place.name, example=invented)}
        else:
            context["lost"] = place.sentence
    return render(request, "providers/health.html", context)
