"""The pack page of a commission, and each of its papers as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.policy.papers import answer_questions, interest_questions, papers_version
from commonweal.present.paper import on_paper
from commonweal.procurement.pages.papers import pack_of, paper_of
from commonweal.procurement.queries.commissions import commission_for
from commonweal.procurement.queries.specifications import specification_of


@login_required
@require_safe
def pack(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """What its tier gives, each to take along."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    version, as_at, review_by = papers_version()
    context = {
        "view": view, "invented": view.invented, "card": card, "pack": pack_of(card),
        "spec": specification_of(viewer, card), "asked": answer_questions(card.tier) if card.tier else (),
        "interest": interest_questions(card.tier), "version": version, "as_at": as_at, "review_by": review_by,
        "may_write": not card.fixed and viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "procurement/pack.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, commission: UUID, paper: str, ending: str) -> HttpResponse:
    """One paper, filled in; forms as Word alone."""
    from commonweal.procurement.documents.papers import Filled, paper_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    found = paper_of(card, paper)
    if found is None or card.tier is None or (found.form and ending != "docx"):
        raise Http404("This commission has no such paper.")
    filled = Filled(card, specification_of(viewer, card), card.tier)
    with on_paper():
        body = as_paper(paper_document(found, filled, invented=view.invented), ending)
    if body is None:
        raise Http404("There is no such file.")
    return sent(body, found.name.lower().replace(" ", "-"), ending)
