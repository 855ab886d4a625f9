"""For staff: the rules of how long things are kept, a rehearsal, and carrying them out now."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.queries.retention import time_rules
from commonweal.core.retention import keep_to_time
from commonweal.core.viewer import viewer_from


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest) -> HttpResponse:
    """What each rule would let go of; posting carries them out."""
    found = time_rules(viewer_from(request))
    if request.method == "POST":
        gone = sum(keep_to_time().values())
        messages.success(request, f"{gone} went." if gone else "Nothing was due.")
        return redirect("web:keeping-to-time")
    return render(request, "web/protection/keeping.html", {"rules": found, "due": sum(one.due for one in found)})
