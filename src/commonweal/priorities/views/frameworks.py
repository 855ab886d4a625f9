"""Outcome frameworks of the past and of today, open to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core import clock
from commonweal.policy.frameworks import frameworks


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every framework with its dates, definitions and how far it was checked."""
    today = clock.today()
    found = [(one, one.in_force(today)) for one in frameworks()]
    context = {"frameworks": found, "count": len(found), "standing": sum(stands for _, stands in found)}
    return render(request, "priorities/frameworks.html", context)
