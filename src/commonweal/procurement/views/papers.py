"""The pack page of a commission, and each of its papers as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.policy.papers import answer_questions, interest_questions, papers_version
from commonweal.present.paper import on_paper
from commonweal.present.status import long_date
from commonweal.procurement.documents.papers import Told
from commonweal.procurement.pages.papers import pack_of, paper_of
from commonweal.procurement.queries.awards import awards_for
from commonweal.procurement.queries.commissions import CommissionCard, commission_for
from commonweal.procurement.queries.competing import competition_of
from commonweal.procurement.queries.decisions import decision_for
from commonweal.procurement.queries.pipeline import listing_of
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
    filled = Filled(card, specification_of(viewer, card), card.tier, _told(request, viewer, card, partnership))
    with on_paper():
        body = as_paper(paper_document(found, filled, invented=view.invented), ending)
    return sent(body, found.name.lower().replace(" ", "-"), ending)


def _told(request: HttpRequest, viewer: Viewer, card: CommissionCard, partnership: UUID) -> Told:
    """What everybody was told of it since, so that a paper leaves no box for what is known."""
    listing = listing_of(viewer, partnership, card.id)
    coming = listing if listing and not listing.withdrawn else None
    found = competition_of(viewer, partnership, card.id)
    awards, decision = awards_for(viewer, partnership, card.id), decision_for(viewer, card.id)

    def at(name: str, key: UUID) -> str:
        return f"{request.build_absolute_uri(reverse(name, args=[key]))} (no account is needed)"

    wait = decision.standstill_last if decision else None
    return Told(
        contact=found.contact if found else coming.contact if coming else "",
        interest_to=at("procurement:coming-take-part", coming.pk) if coming else "",
        interest_by=long_date(coming.interest_by) if coming and coming.interest_by else "",
        answer_to=at("procurement:competition", found.id) if found else "",
        answer_by=found.closes_said if found else "",
        quality=str(100 - found.price_weight) if found else "", price=str(found.price_weight) if found else "",
        wait=long_date(wait) if wait else "", other=awards[-1].who if awards else "",
        ends=long_date(awards[-1].ends_on) if awards else "")
