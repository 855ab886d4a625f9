"""Pages that only tell: help, accessibility, privacy, licences, and how to say what is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.processing import processing
from commonweal.core.queries.datasets import Which, datasets_for
from commonweal.core.viewer import viewer_from


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What this is, and how to begin."""
    return render(request, "web/information/help.html")


@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """How to say what is wrong."""
    return render(request, "web/information/feedback.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/information/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and how long."""
    told = processing()
    return render(request, "web/information/privacy.html", {"told": told, "uses": told.activities.values()})


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """Under which licence each data set is shown."""
    held = datasets_for(viewer_from(request), Which.PUBLISHED).held
    return render(request, "web/information/licences.html", {"held": held})
