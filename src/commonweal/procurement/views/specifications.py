"""The specification of a commission: what stands, writing it anew, and taking it along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.forms import tried
from commonweal.present.paper import on_paper
from commonweal.procurement.actions.specification import MOST, Required, SpecificationSaid, write_specification
from commonweal.procurement.forms_commission import WriteSpecification
from commonweal.procurement.queries.commissions import commission_for, commission_row
from commonweal.procurement.queries.specifications import (
    PARTS,
    SpecificationCard,
    Start,
    asked_in,
    measures_of,
    specification_of,
    start_of,
)


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """What is asked for, what lays down too much, and what answers nothing."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    context = {
        "view": view, "invented": view.invented, "card": card, "spec": specification_of(viewer, card),
        "measures": measures_of(card.tier),
        "may_write": not card.fixed and viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "procurement/specification.html", context)


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def write(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Write it: the first time from the words of what the commission answers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    spec = specification_of(viewer, card)
    held, lines = _held(spec) if spec else _started(start_of(viewer, partnership, card))
    form = WriteSpecification(request.POST if request.method == "POST" else None, initial=held, card=card,
                              asked=asked_in(card), held=lines, anew=spec is not None)
    if request.method == "POST" and form.is_valid():
        row, given = commission_row(viewer, partnership, commission), form.cleaned_data
        said = SpecificationSaid(**{name: given[name] for name in PARTS}, requirements=tuple(
            Required(words=words, answers=answers, because=because) for words, answers, because in form.told()))
        made = tried(form, lambda: write_specification(
            by=viewer, commission=row, said=said, over=given["over"], reason=given.get("reason", "")))
        if made is not None:
            messages.success(request, f"Version {made.number} is kept.")
            return redirect("procurement:specification", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "form": form, "card": card, "spec": spec}
    return render(request, "procurement/specification_form.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, commission: UUID, ending: str) -> HttpResponse:
    """The specification as Word or PDF."""
    from commonweal.procurement.documents.specification import specification_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    spec = specification_of(viewer, card)
    if spec is None:
        raise NotFound("No specification is written yet.")
    with on_paper():
        body = as_paper(specification_document(card, spec, invented=view.invented), ending)
    return sent(body, "specification", ending)


def _held(spec: SpecificationCard) -> tuple[dict[str, Any], int]:
    held: dict[str, Any] = {name: getattr(spec, name) for name in PARTS} | {"over": spec.number}
    for at, one in enumerate(spec.requirements):
        held |= {f"words-{at}": one.words, f"because-{at}": one.because,
                 f"answers-{at}": str(one.answers.link) if one.answers else ""}
    return held, len(spec.requirements)


def _started(start: Start) -> tuple[dict[str, Any], int]:
    held: dict[str, Any] = {name: getattr(start, name) for name in PARTS} | {"over": 0}
    for at, (words, link) in enumerate(start.requirements[:MOST]):
        held |= {f"words-{at}": words, f"answers-{at}": str(link)}
    return held, min(MOST, len(start.requirements))
