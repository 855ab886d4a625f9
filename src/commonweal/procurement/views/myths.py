"""What is often believed and is not so: searched by words, open to everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core import clock
from commonweal.policy.myths import myths, myths_about, myths_read_by
from commonweal.procurement.pages.rules import LEGEND, SHORT


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Those that hold every word asked for; all where nothing is asked."""
    asked = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    found = [(one, SHORT[one.verification]) for one in myths_about(asked)]
    context = {
        "asked": asked, "found": found, "count": len(found), "all": len(myths()), "legend": LEGEND,
        "late": clock.today() > myths_read_by(), "read_by": myths_read_by(),
    }
    return render(request, "procurement/myths.html", context)
