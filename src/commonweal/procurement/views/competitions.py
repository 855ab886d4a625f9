"""Competitions as everybody reads them: what is open, one of them, asking back, and beginning a bid."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.present.forms import tried
from commonweal.procurement.actions.bidding import begin_bid, begin_own_bid
from commonweal.procurement.actions.competing import ask_back
from commonweal.procurement.forms_bid import BeginBid
from commonweal.procurement.forms_competition import AskBack
from commonweal.procurement.queries.bids import begun_from_profile, link_behind, own_bid_of
from commonweal.procurement.queries.competing import (
    CompetitionCard,
    competition_public,
    competition_row,
    open_competitions,
)
from commonweal.procurement.queries.decisions import chosen_public
from commonweal.procurement.views.coming import TOO_MANY
from commonweal.procurement.views.let_in import let_in

ASKS = ("GET", "HEAD", "POST")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is open now."""
    invented = request.GET.get("example") == "yes"
    cards = open_competitions(viewer_from(request), invented=invented)
    return render(request, "procurement/bidding/open.html", {"cards": cards, "invented": invented})


@require_safe
def one(request: HttpRequest, competition: UUID) -> HttpResponse:
    """What is asked, when, and how it is decided."""
    viewer = viewer_from(request)
    card = competition_public(viewer, competition)
    context = {"card": card, "invented": card.invented, "mine": own_bid_of(viewer, card),
               "account": _by_account(viewer, card),
               "chosen": chosen_public(card.commission) if card.state == "decided" else ()}
    return render(request, "procurement/bidding/competition.html", context)


@never_cache
@require_http_methods(ASKS)
def ask(request: HttpRequest, competition: UUID) -> HttpResponse:
    """Ask something back."""
    card = competition_public(viewer_from(request), competition)
    form = AskBack(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("procurement:competition", competition=competition)
        if not ratelimit.consume(request, action="bid_ask"):
            form.add_error(None, TOO_MANY)
        elif tried(form, lambda: ask_back(
                competition=competition_row(competition), words=form.cleaned_data["words"])) is not None:
            messages.success(request, "Asked. The answer will stand on this page, for everybody.")
            return redirect("procurement:competition", competition=competition)
    return render(request, "procurement/bidding/ask.html", {"card": card, "form": form, "invented": card.invented})


@never_cache
@require_http_methods(ASKS)
def begin(request: HttpRequest, competition: UUID) -> HttpResponse:
    """Begin a bid: with an account in the name of one's organisation, without one by a link of one's own."""
    viewer = viewer_from(request)
    card = competition_public(viewer, competition)
    row = competition_row(competition)
    account = _by_account(viewer, card)
    form = BeginBid(request.POST if request.method == "POST" and not account else None)
    context = {"card": card, "form": form, "invented": card.invented, "account": account}
    if request.method == "POST" and account:
        own = begin_own_bid(by=viewer, competition=row, begun=begun_from_profile(viewer, card))
        return redirect("procurement:bid", bid=own.pk)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["website"]:
            return redirect("procurement:competition", competition=competition)
        if not ratelimit.consume(request, action="bid_begin"):
            form.add_error(None, TOO_MANY)
            return render(request, "procurement/bidding/begin.html", context)
        made = tried(form, lambda: begin_bid(
            competition=row, name=given["name"], contact=given["contact"], reach=given["reach"]))
        if made is not None:
            let_in(request, link_behind(made[1]))
            show_link(request, made[1])
            return redirect("procurement:bid", bid=made[0].pk)
    return render(request, "procurement/bidding/begin.html", context)


@never_cache
@require_http_methods(ASKS)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Behind a link. Looking changes nothing, for programs look too; the button lets in."""
    link = link_behind(token)
    card = competition_public(viewer_from(request), link.bid.competition_id)
    if request.method == "POST":
        if not ratelimit.consume(request, action="open_bid"):
            return render(request, "procurement/bidding/by_link.html", {"card": card, "wait": TOO_MANY})
        let_in(request, link)
        return redirect("procurement:bid", bid=link.bid_id)
    return render(request, "procurement/bidding/by_link.html", {"card": card, "invented": card.invented})


def show_link(request: HttpRequest, token: str) -> None:
    """The link, shown once."""
    href = request.build_absolute_uri(reverse("procurement:bid-link", args=[token]))
    messages.success(request, format_html(
        "Keep this link: it is shown once. Whoever has it can read, write and send this. "
        '<a class="govuk-notification-banner__link cw-link" href="{}">{}</a>', href, href))


def _by_account(viewer: Viewer, card: CompetitionCard) -> bool:
    """Whether the viewer may bid in the name of an organisation of the partnership that does not buy."""
    return (not viewer.anonymous and viewer.may(Permission.BRING_EVIDENCE, card.partnership)
            and not card.way.invited and competition_row(card.id).commission.organisation_id
            != viewer.organisation_in(card.partnership))
