"""The guidance of every step on one page, to read or print as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.cycle import step_keys
from commonweal.needs.step_guidance import step_guidance


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Every step that has guidance, in the order of the cycle."""
    known = step_guidance()
    ordered = [known[key] for key in step_keys() if key in known]
    return render(request, "needs/guidance/all.html", {"steps": ordered})
