"""The pages of a trade, for the two who trade: what each gives and gains, what was given, and how they stand."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import posted, tried
from commonweal.procurement.actions.trading import (
    agree_trade,
    begin_trade,
    confirm_given,
    end_trade,
    promise,
    record_given,
    take_back,
)
from commonweal.procurement.forms_trade import AgreeTrade, BeginTrade, EndTrade, PromiseThing, WriteGiven
from commonweal.procurement.pages.trades import balance_table, gains_of, worth_table
from commonweal.procurement.queries.trades import (
    given_row,
    others_in,
    promise_row,
    trade_for,
    trade_row,
    trades_for,
)

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The trades of the organisation one acts for."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "cards": trades_for(viewer, partnership)}
    return render(request, "procurement/trades/list.html", context)


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Offer an exchange."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    form = BeginTrade(posted(request), others=others_in(viewer, partnership))
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: begin_trade(by=viewer, partnership=there, said=form.said()))
        if made is not None:
            return redirect("procurement:trade", partnership=partnership, trade=made.pk)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Offer an exchange"}
    return render(request, "procurement/trades/form.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, trade: UUID) -> HttpResponse:
    """One trade: how the two stand, what each gives and gains."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = trade_for(viewer, partnership, trade)
    context = {"view": view, "invented": view.invented, "card": card, "worth": worth_table(card),
               "balance": balance_table(card), "gains": gains_of(card)}
    return render(request, "procurement/trades/one.html", context)


@login_required
@require_http_methods(ASKS)
def give(request: HttpRequest, partnership: UUID, trade: UUID) -> HttpResponse:
    """Say what one's own side gives."""
    viewer = viewer_from(request)
    row = trade_row(viewer, partnership, trade)
    form = PromiseThing(posted(request))
    return _short(request, (partnership, trade), form, "What do you give?",
                  lambda: promise(by=viewer, trade=row, said=form.said()))


@login_required
@require_POST
def take_out(request: HttpRequest, partnership: UUID, trade: UUID, line: UUID) -> HttpResponse:
    """One's own side does not give it after all."""
    viewer = viewer_from(request)
    take_back(by=viewer, given=promise_row(viewer, partnership, trade, line))
    return redirect("procurement:trade", partnership=partnership, trade=trade)


@login_required
@require_http_methods(ASKS)
def agree(request: HttpRequest, partnership: UUID, trade: UUID) -> HttpResponse:
    """The other side agrees."""
    viewer = viewer_from(request)
    row = trade_row(viewer, partnership, trade)
    form = AgreeTrade(posted(request))
    return _short(request, (partnership, trade), form, "Agree to it",
                  lambda: agree_trade(by=viewer, trade=row, gains=form.cleaned_data["gains"]))


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID, trade: UUID, line: UUID) -> HttpResponse:
    """Write down what was given."""
    viewer = viewer_from(request)
    row = promise_row(viewer, partnership, trade, line)
    form = WriteGiven(posted(request))
    return _short(request, (partnership, trade), form, f"Given: {row.what}", lambda: record_given(
        by=viewer, promised=row, on=form.cleaned_data["on"], quantity=form.cleaned_data["quantity"],
        note=form.cleaned_data["note"]))


@login_required
@require_POST
def confirm(request: HttpRequest, partnership: UUID, trade: UUID, given: UUID) -> HttpResponse:
    """The side that got it says so too."""
    viewer = viewer_from(request)
    confirm_given(by=viewer, given=given_row(viewer, partnership, trade, given))
    return redirect("procurement:trade", partnership=partnership, trade=trade)


@login_required
@require_http_methods(ASKS)
def end(request: HttpRequest, partnership: UUID, trade: UUID) -> HttpResponse:
    """End it."""
    viewer = viewer_from(request)
    row = trade_row(viewer, partnership, trade)
    form = EndTrade(posted(request))
    return _short(request, (partnership, trade), form, "End it",
                  lambda: end_trade(by=viewer, trade=row, why=form.cleaned_data["why"]))


def _short(
    request: HttpRequest, where: tuple[UUID, UUID], form: forms.Form, heading: str, deed: Callable[[], object]
) -> HttpResponse:
    """A page with a short form, and back to the trade."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, where[0])
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        return redirect("procurement:trade", partnership=where[0], trade=where[1])
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading,
               "card": trade_for(viewer, *where)}
    return render(request, "procurement/trades/form.html", context)
