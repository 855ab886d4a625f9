"""The price formulas tried on the same bids, before anybody chooses one; open to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.procurement.forms_price import TryFormulas, first_try
from commonweal.procurement.pages.price_formulas import outcomes


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What each formula rewards, its flaw, and who wins."""
    form = TryFormulas(request.GET or first_try())
    found = outcomes(form.trial()) if form.is_valid() else ()
    return render(request, "procurement/price_formulas.html", {"form": form, "outcomes": found})
