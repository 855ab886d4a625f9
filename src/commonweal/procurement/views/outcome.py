"""What a bidder is told of its own bid, as a letter."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commonweal.core.errors import NotFound
from commonweal.procurement.queries.decisions import told_to
from commonweal.procurement.views.evaluation import feedback_sent
from commonweal.procurement.views.let_in import opened


@never_cache
@require_safe
def letter(request: HttpRequest, bid: UUID) -> HttpResponse:
    """The letter, for its own bidder."""
    row, who = opened(request, bid)
    told = told_to(who, row)
    if told is None:
        raise NotFound("It is not decided yet, so there is nothing to tell.")
    return feedback_sent(told)
