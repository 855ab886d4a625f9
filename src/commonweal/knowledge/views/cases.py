"""The library of case studies, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.knowledge.cases import titles
from commonweal.knowledge.documents_case import case_document
from commonweal.knowledge.forms_cases import Search
from commonweal.knowledge.queries.cases import case_for, cases_for, peers_of
from commonweal.knowledge.views.files import sent


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every case, or those that are wanted; the best known first."""
    viewer, form = viewer_from(request), Search(request.GET)
    found, every = cases_for(viewer, form.wanted()), cases_for(viewer)
    context = {
        "form": form, "cases": found, "every": len(every), "all": len(found) == len(every),
        "figures": sum(one.known == "figures" for one in every),
        "named": sum(one.known == "named" for one in every),
    }
    return render(request, "knowledge/cases/library.html", context)


@require_safe
def case(request: HttpRequest, key: str) -> HttpResponse:
    """One case, with peers who may be rung for those who are signed in."""
    viewer = viewer_from(request)
    found = case_for(viewer, key)
    context = {
        "case": found, "not_known": titles("missing"),
        "peers": peers_of(viewer, key), "invented": found.invented,
    }
    return render(request, "knowledge/cases/case.html", context)


@require_safe
def case_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """One case as Word or PDF."""
    found = case_for(viewer_from(request), key)
    if ending not in {"docx", "pdf"}:
        raise Http404("There is no such file.")
    return sent(case_document(found), ending, f"case-{key[:40]}", invented=found.invented)
