"""Standing orders: what stands for each organisation here, and entering those of one's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.policy.standing_orders import StandingOrders
from commonweal.present.forms import tried
from commonweal.procurement.actions.standing_orders import enter_standing_orders
from commonweal.procurement.forms_commission import EnterOrders
from commonweal.procurement.pages.rules import pounds
from commonweal.procurement.queries.standing_orders import OrdersCard, orders_for


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every table entered here, those that stand first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = orders_for(viewer, partnership, clock.today())
    context = {
        "view": view, "invented": view.invented, "cards": [(card, band_lines(card)) for card in cards],
        "today": clock.today(), "may_enter": viewer.may(Permission.EDIT_ORGANISATION, partnership),
    }
    return render(request, "procurement/standing_orders.html", context)


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def enter(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Enter those of one's own organisation."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.EDIT_ORGANISATION, partnership)
    form = EnterOrders(request.POST if request.method == "POST" else None, initial={"with_vat": "no"})
    if request.method == "POST" and form.is_valid():
        given, there = form.cleaned_data, Partnership.objects.get(pk=partnership)
        said = StandingOrders("", given["since"], given["with_vat"] == "yes", given["source"], form.bands())
        if tried(form, lambda: enter_standing_orders(by=viewer, partnership=there, said=said)) is not None:
            messages.success(request, "Kept. They are laid over the law from that day.")
            return redirect("procurement:standing-orders", partnership=partnership)
    context = {
        "view": view, "invented": view.invented, "form": form, "heading": "Enter your standing orders",
        "button": "Keep them", "to": reverse("procurement:standing-orders", args=[partnership]),
        "to_text": "Standing orders", "lead": "Only how many quotes from which value. The law stands beside it.",
    }
    return render(request, "procurement/form.html", context)


def band_lines(card: OrdersCard) -> tuple[str, ...]:
    """Each band in words, from the lowest."""
    lines, begins = [], ""
    for band in card.orders.bands:
        end = f"up to {pounds(band.up_to)}" if band.up_to is not None else "and more"
        lines.append(" ".join(filter(None, (begins, f"{end}: {band.asks}"))))
        begins = f"over {pounds(band.up_to)}"
    return tuple(line[:1].upper() + line[1:] for line in lines)
