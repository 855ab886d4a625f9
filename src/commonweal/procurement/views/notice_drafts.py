"""Drafts of the notices of a commission: the list, one of them, and its files."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.policy.notice_fields import NoticeForm, fields_as_at, notice_forms
from commonweal.present.paper import on_paper
from commonweal.procurement.ocds.words import buyer_number
from commonweal.procurement.pages.notice_drafts import Filling, draft_json, draft_of, drafts_answer, drafts_of
from commonweal.procurement.queries.awards import awards_for
from commonweal.procurement.queries.commissions import commission_for
from commonweal.procurement.queries.pipeline import listing_of
from commonweal.procurement.queries.specifications import specification_of


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Every notice that can be drafted, those due first."""
    view, filling = _filling(request, partnership, commission)
    as_at, review_by, statement = fields_as_at()
    drafts = drafts_of(filling)
    return render(request, "procurement/notice_drafts.html", {
        "view": view, "invented": view.invented, "card": filling.card, "drafts": drafts,
        "answer": drafts_answer(filling, drafts), "statement": statement, "as_at": as_at, "review_by": review_by})


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, commission: UUID, code: str) -> HttpResponse:
    """One draft, field by field."""
    view, filling = _filling(request, partnership, commission)
    as_at, review_by, statement = fields_as_at()
    return render(request, "procurement/notice_draft.html", {
        "view": view, "invented": view.invented, "card": filling.card, "draft": draft_of(filling, _form(code)),
        "statement": statement, "as_at": as_at, "review_by": review_by})


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, commission: UUID, code: str, ending: str) -> HttpResponse:
    """One draft as Word, PDF or data."""
    from commonweal.procurement.documents.notices import notice_document

    view, filling = _filling(request, partnership, commission)
    draft = draft_of(filling, _form(code))
    name = f"{code.lower()}-draft"
    if ending == "json":
        return sent(json.dumps(draft_json(draft, filling), ensure_ascii=False, indent=1).encode(), name, "json")
    with on_paper():
        body = as_paper(notice_document(draft, filling, invented=view.invented), ending)
    return sent(body, name, ending)


def _form(code: str) -> NoticeForm:
    found = next((one for one in notice_forms() if one.code == code), None)
    if found is None:
        raise Http404("There is no such notice to draft.")
    return found


def _filling(request: HttpRequest, partnership: UUID, commission: UUID) -> tuple[PartnershipView, Filling]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    awards = awards_for(viewer, partnership, commission)
    listing = listing_of(viewer, partnership, commission)
    return view, Filling(
        card, awards[-1] if awards else None, specification_of(viewer, card), buyer_number(card.organisation),
        listing.contact if listing else "", listing.engage_at if listing else None,
        listing.engage_where if listing else "")
