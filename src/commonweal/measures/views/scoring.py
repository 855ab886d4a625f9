"""Answers to published instruments, scored on one page, without an account, nothing kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commonweal.measures.forms_scoring import ScoreForm
from commonweal.measures.pages.scoring import scored


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The question; once answered, the scores above it."""
    form = ScoreForm(request.POST if request.method == "POST" else None)
    told = None
    if form.is_bound and form.is_valid():
        told = scored(form.cleaned_data["kind"], form.cleaned_data["found"])
    return render(request, "measures/score.html", {"form": form, "told": told})
