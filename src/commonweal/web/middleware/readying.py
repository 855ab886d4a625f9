"""While the worked example is being made nothing else is written, since all of it is one change of the records."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from commonweal.example.readying import readying
from commonweal.web.views.errors import not_now

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Readying:
    """Answers a form sent meanwhile with what is going on, and when to send it again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what only reads, and everything once the example is there."""
        so_far = None if request.method in READS else readying(settings.VAR)
        if so_far is None:
            return self.get_response(request)
        sentence = (f"The worked example is still being made: {so_far.percent}% is done. Nothing was kept of what "
                    "you sent. Go back and send it again in half a minute.")
        return not_now(request, sentence, 30)
